using System.Globalization;
using System.Text.Json;
using AsyncTour.Client.Commands;
using AsyncTour.Client.Json;
using AsyncTour.Client.Rendering;
using AsyncTour.Grains;
using AsyncTour.Grains.Promises;

namespace AsyncTour.Client.Promises;

/// <summary>What is said of a promise: the answer on standard output, who and when on the error stream, the state in the exit code.</summary>
internal sealed class PromiseReport(Session session, bool json)
{
    /// <summary>A promise that was made.</summary>
    public async Task<int> MadeAsync(Promise<JsonElement> promise, CancellationToken cancellationToken)
    {
        var status = await promise.StatusAsync(cancellationToken) ?? throw new RefusedException(PromiseRules.Unknown(promise.Id));
        Answer(status, promise.Id);
        if (session.Connection.IsEmbedded)
        {
            Note("this silo ends with this command, and the promise with it: start one of its own (dotnet run --project src/Silo) for promises between terminals");
        }

        return ExitCode.Success;
    }

    /// <summary>A promise as it is: done prints its value, an open one its state.</summary>
    public int Status(PromiseStatus status)
    {
        Answer(status, status.State switch
        {
            PromiseState.Done => status.Value,
            PromiseState.Pending or PromiseState.Running => status.State.ToText(),
            _ => null,
        });
        if (status.State == PromiseState.Forgotten)
        {
            throw new RefusedException(PromiseRules.Forgotten(status));
        }

        Note(Sentence(status));
        return status.State switch
        {
            PromiseState.Failed => ExitCode.SomeJobDidNot,
            PromiseState.Cancelled => ExitCode.Interrupted,
            _ => ExitCode.Success,
        };
    }

    /// <summary>What became of an attempt to settle it.</summary>
    public async Task<int> SettledAsync(Promise<JsonElement> promise, bool won, CancellationToken cancellationToken)
    {
        var status = await promise.StatusAsync(cancellationToken) ?? throw new RefusedException(PromiseRules.Unknown(promise.Id));
        Answer(status, answer: null);
        Note((won ? "" : "not settled again, the first settlement wins: ") + Sentence(status));
        return won ? ExitCode.Success : ExitCode.SomeJobDidNot;
    }

    /// <summary>A wait that ended without a settlement.</summary>
    public int GaveUp(string sentence, int exitCode)
    {
        Note(sentence);
        return exitCode;
    }

    private static string Sentence(PromiseStatus status)
    {
        if (status.Settled is not { } settled)
        {
            return $"the promise '{status.Id}' is {status.State.ToText()}: made {Moment(status.Created)} by {status.CreatedBy}, {Waiting(status.Waiting)}";
        }

        var after = Times.Text(settled - status.Created);
        var why = status.Error is { } error ? $": {(status.ErrorType is { } type ? type + ": " : "")}{error}" : "";
        return $"the promise '{status.Id}' is {status.State.ToText()}, by {status.SettledBy} {Moment(settled)}, {after} after it was made{why}";
    }

    private static string Waiting(int waiting) => waiting switch
    {
        0 => "nobody waits for it",
        1 => "one waits for it",
        _ => string.Create(CultureInfo.InvariantCulture, $"{waiting:N0} wait for it"),
    };

    private static string Moment(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private void Answer(PromiseStatus status, string? answer)
    {
        if (json)
        {
            RunJson.Print(session.Terminal, writer => PromiseJson.Write(writer, status));
        }
        else if (answer is not null)
        {
            session.Terminal.Out.WriteLine(answer);
        }
    }

    private void Note(string sentence) => session.Terminal.Error.WriteLine(sentence);
}
