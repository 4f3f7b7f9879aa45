using AsyncTour.Client.Connections;
using AsyncTour.Client.Inputs;
using AsyncTour.Client.Rendering;
using AsyncTour.Client.Terminals;
using AsyncTour.Grains;
using AsyncTour.Grains.Runs;
using Orleans.Runtime;

namespace AsyncTour.Client.Runs;

/// <summary>Carries runs out: starts one, follows it to its end, stops it when the terminal says so.</summary>
internal sealed class RunExecution(Connection connection, Terminal terminal)
{
    private const string IdLetters = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int IdLength = 8;

    /// <summary>A new run id that is easy to type: the strategy and 40 random bits.</summary>
    public string NewId(string strategy) =>
        $"{strategy}-{new string([.. Enumerable.Range(0, IdLength).Select(_ => IdLetters[terminal.Random.Next(IdLetters.Length)])])}";

    /// <summary>Runs to the end, or to the end of what was running when the terminal was interrupted.</summary>
    /// <param name="keepsAll">Whether the report needs every outcome, however many there are.</param>
    public async Task<FinishedRun> RunAsync(string id, RunSpec spec, JobInput input, bool keepsAll)
    {
        // An interruption ends the input; what had been handed over is then cancelled, for a reason that says so.
        var run = await connection.Runs.StartAsync(id, spec, input.ReadAsync(terminal.Interrupted), CancellationToken.None);
        var shelf = new OutcomeShelf(keepsAll);
        await using (ProgressLine.Follow(run, input.Count, terminal))
        {
            var reading = ReadAllAsync(run, shelf, CancellationToken.None);
            if (await IsInterruptedBefore(reading))
            {
                await run.CancelAsync("interrupted");
            }

            await reading;
        }

        var inputError = await FeedErrorAsync(run) ?? input.Error;
        var status = await EndedAsync(run);
        return new FinishedRun(status, shelf.InInputOrder, shelf.Failures, terminal.Interrupted.IsCancellationRequested ? null : inputError, terminal.Interrupted.IsCancellationRequested);
    }

    /// <summary>Starts a run and hands it all its jobs; answers where it then is. An interruption ends the input there.</summary>
    public async Task<RunStatus> DetachAsync(string id, RunSpec spec, JobInput input)
    {
        var run = await connection.Runs.StartAsync(id, spec, input.ReadAsync(terminal.Interrupted), CancellationToken.None);
        await run.Feeding;
        return await run.StatusAsync() ?? throw new InvalidOperationException($"The run '{id}' started and then was not found.");
    }

    /// <summary>Follows a run that somebody else started; <c>null</c> when the terminal was interrupted first.</summary>
    public async Task<FinishedRun?> WatchAsync(RunHandle run)
    {
        var shelf = new OutcomeShelf(keepsAll: false);
        try
        {
            await using (ProgressLine.Follow(run, null, terminal))
            {
                await ReadAllAsync(run, shelf, terminal.Interrupted);
            }
        }
        catch (OperationCanceledException) when (terminal.Interrupted.IsCancellationRequested)
        {
            return null;
        }

        return new FinishedRun(await EndedAsync(run), shelf.InInputOrder, shelf.Failures, null, WasInterrupted: false);
    }

    private async Task ReadAllAsync(RunHandle run, OutcomeShelf shelf, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var outcome in run.ReadAsync(cancellationToken: cancellationToken))
            {
                shelf.Add(outcome);
            }
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            throw new NoSiloException($"{connection.Subject} was lost while the run went on; where runs are kept (--storage, Redis), 'asynctour runs watch {run.Id}' follows it once a silo is back");
        }
        catch (RefusedException)
        {
            // The run was there before.
            throw new NoSiloException($"{connection.Subject} was started anew while the run went on and does not know it any more: without --storage or Redis a run lives as long as its silo");
        }
    }

    private async Task<bool> IsInterruptedBefore(Task reading)
    {
        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = terminal.Interrupted.UnsafeRegister(static source => ((TaskCompletionSource)source!).TrySetResult(), interrupted);
        return await Task.WhenAny(reading, interrupted.Task) != reading;
    }

    private static async Task<string?> FeedErrorAsync(RunHandle run)
    {
        try
        {
            await run.Feeding;
            return null;
        }
        catch (Exception e)
        {
            return e.Message;
        }
    }

    private static async Task<RunStatus> EndedAsync(RunHandle run)
    {
        var status = await run.StatusAsync() ?? throw new InvalidOperationException($"The run '{run.Id}' ended and then was not found.");
        return status.Ledger.Balances
            ? status
            : throw new InvalidOperationException($"The run '{run.Id}' ended unbalanced, which is a bug: {status.Ledger}");
    }
}
