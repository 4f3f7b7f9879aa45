using System.Globalization;
using System.Text.Json;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Grains.Promises;

/// <summary>One job of a run, seen as a promise: its worker settles it, anybody may wait for it or cancel it.</summary>
internal sealed class JobPromise(string runId, int index, IRunGrain run) : IPromiseSource
{
    // Short, so that a call into a dead silo is told from one whose job takes its time to stop: the caller asks again.
    private static readonly TimeSpan StopWait = TimeSpan.FromSeconds(2);

    // The ticket of the cancellation that this handle has given: asked again while the job was stopping, it has won.
    private string? _given;

    /// <summary>Reads <c>{run}/{index}</c>.</summary>
    public static bool TryParse(string id, out string runId, out int index)
    {
        var slash = id.LastIndexOf('/');
        runId = slash > 0 ? id[..slash] : "";
        return int.TryParse(id.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out index) && slash > 0;
    }

    public async Task<PromiseStatus?> Status() => StatusOf(await run.Look(index, TimeSpan.Zero));

    public async Task<PromiseStatus?> Wait(TimeSpan wait, CancellationToken cancellationToken) => StatusOf(await run.Look(index, wait));

    /// <summary>Cancels the job and answers when it has stopped; nothing else may be done to it from outside.</summary>
    public async Task<PromiseReply> Settle(PromiseSettlement settlement)
    {
        if (settlement.State != PromiseState.Cancelled)
        {
            throw new RefusedException($"'{runId}/{index}' is a job's promise, which its worker settles; it can be awaited and cancelled");
        }

        var look = await run.Look(index, TimeSpan.Zero);
        if (!look.IsFinal)
        {
            // Told again, a job that is stopping goes on stopping; so this may be repeated.
            _given = settlement.Ticket;
            look = await run.CancelJob(index, settlement.Error ?? $"cancelled by {settlement.By}", StopWait);
        }

        return new PromiseReply(look.Outcome.Status == JobStatus.Cancelled && _given == settlement.Ticket, StatusOf(look));
    }

    private PromiseStatus StatusOf(JobLook look)
    {
        var outcome = look.Outcome;
        var state = StateOf(look);
        return new PromiseStatus
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{runId}/{index}"),
            State = state,
            Value = state == PromiseState.Done ? JsonSerializer.Serialize(outcome.Value) : null,
            Error = state == PromiseState.Done ? null : outcome.Error,
            ErrorType = outcome.Status == JobStatus.TimedOut ? typeof(TimeoutException).FullName : null,
            Created = look.RunStarted,
            CreatedBy = "run " + runId,
            Settled = look.IsFinal && outcome.Finished != default ? outcome.Finished : null,
            SettledBy = !look.IsFinal ? null
                : outcome.Worker < 0 ? "run " + runId
                : string.Create(CultureInfo.InvariantCulture, $"worker {outcome.Worker} on {outcome.Silo}"),
        };
    }

    private static PromiseState StateOf(JobLook look) => (look.Outcome.Status, look.IsFinal) switch
    {
        (JobStatus.NotStarted, false) => PromiseState.Pending,
        (JobStatus.Running, _) => PromiseState.Running,
        (JobStatus.Succeeded, _) => PromiseState.Done,
        (JobStatus.Cancelled or JobStatus.NotStarted, _) => PromiseState.Cancelled,
        _ => PromiseState.Failed,
    };
}
