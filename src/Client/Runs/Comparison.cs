using AsyncTour.Client.Connections;
using AsyncTour.Client.Inputs;
using AsyncTour.Concurrency.Pools;

namespace AsyncTour.Client.Runs;

/// <summary>One strategy's part in a comparison.</summary>
/// <param name="Strategy">Its name.</param>
/// <param name="Report">Its run; <c>null</c> if it could not take part.</param>
/// <param name="Note">Why it could not, or what was different about its jobs.</param>
internal sealed record ComparisonRow(string Strategy, FinishedRun? Report, string? Note);

/// <summary>
/// Every strategy on the same jobs, one after the other. The executor's jobs must block, so for <c>sleep</c> it gets
/// their blocking twins: the same durations, each holding a thread.
/// </summary>
internal sealed class Comparison(RunExecution execution, RunRequest request, bool keepsAll)
{
    private readonly List<ComparisonRow> _rows = [];
    private bool _isCutShort;

    /// <summary>What has been run so far, in the order of <see cref="Strategy.Names"/>.</summary>
    public IReadOnlyList<ComparisonRow> Rows => _rows;

    /// <summary>What the process answers: the worst of the runs.</summary>
    public int ExitCode => _isCutShort
        ? Client.ExitCode.Interrupted
        : _rows.Max(static row => row.Report?.ExitCode ?? Client.ExitCode.Success);

    /// <summary>Runs them all, or as far as it came when interrupted.</summary>
    public async Task RunAsync(CancellationToken interrupted)
    {
        foreach (var strategy in Strategy.Names)
        {
            _isCutShort = interrupted.IsCancellationRequested;
            if (_isCutShort)
            {
                return;
            }

            _rows.Add(await RowAsync(strategy));
        }
    }

    private async Task<ComparisonRow> RowAsync(string strategy)
    {
        var (input, note) = strategy == "executor" ? ForExecutor(request.Input) : (request.Input, null);
        if (input is null)
        {
            return new ComparisonRow(strategy, null, note);
        }

        var own = request with { Spec = request.Spec with { Strategy = strategy }, Input = input };
        return new ComparisonRow(strategy, await execution.RunAsync(execution.NewId(strategy), own.WarmSpec, input, keepsAll), note);
    }

    private static (JobInput? Input, string? Note) ForExecutor(JobInput input)
    {
        var known = Connector.BuiltInKinds();
        if (!known.Names.Contains(input.Kind, StringComparer.Ordinal) || known.IsBlocking(input.Kind))
        {
            return (input, null);
        }

        return input.Kind == "sleep" && input.As("block") is { } twin
            ? (twin, "ran block jobs, the blocking twins of sleep: the same durations, each holding a thread")
            : (null, RunRequest.NotBlocking(input.Kind, known));
    }
}
