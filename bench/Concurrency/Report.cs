using System.Globalization;
using System.Text;

namespace AsyncTour.Concurrency.Bench;

/// <summary>What was measured, as the page that is committed.</summary>
public sealed class Report
{
    private readonly StringBuilder _page = new();

    public void Title(int jobs, int workers) => Line($"""
        # Concurrency: what the toolbox costs

        Written by `dotnet run -c Release --project bench/Concurrency -- --output bench/reports/concurrency.md`; do not edit.
        Machine: {Environment.ProcessorCount} cores, .NET {Environment.Version}. The machine is shared, so compare within one report and not between two.

        ## Throughput

        {jobs:N0} jobs that each give way once, {workers} workers. Medians of rounds that take turns.

        | | results | jobs/s | processor ns/job | B/job |
        |---|---|---:|---:|---:|
        """);

    public void Row(Throughput.Result result) =>
        Line($"| {result.Contender.Name} | {result.Contender.Results} | {result.JobsPerSecond:N0} | {result.ProcessorNanoseconds:N0} | {result.BytesPerJob:N0} |");

    public void Row(Peers.Result result) =>
        Line($"| {result.Name} | {result.Remark} | {(result.JobsPerSecond is { } speed ? speed.ToString("N0", CultureInfo.InvariantCulture) : "–")} | | |");

    public void Ratios(IReadOnlyList<Throughput.Result> results, Peers.Result asyncio)
    {
        double map = results[0].JobsPerSecond;
        Line("");
        foreach (Throughput.Result peer in results.Skip(3))
            Line($"- PoolExecutor.Map is {map / peer.JobsPerSecond:0.00} × {peer.Contender.Name} ({peer.ProcessorNanoseconds / results[0].ProcessorNanoseconds:0.00} × by processor time)");
        if (asyncio.JobsPerSecond is { } python)
            Line($"- PoolExecutor.Map is {map / python:0.00} × {asyncio.Name}");
    }

    public void OverIdeal(IReadOnlyList<Overhead.Result> results)
    {
        Line($"""

            ## 10 × 50 ms, {results[0].Workers} workers, warm

            Ideal is the wall time of the durations the jobs were measured to have, on the same workers, with no overhead.

            | | wall ms | over ideal |
            |---|---:|---:|
            """);
        foreach (Overhead.Result result in results)
            Line($"| {result.Contender.Name} | {result.Seconds * 1000:0.0} | {result.OverIdeal:0.000} |");
    }

    public void Resident(IReadOnlyList<Memory.Sample> samples)
    {
        Line("""

            ## A million inputs through MapUnordered

            Results of 1 KB each, 64 workers. Resident memory while they are read:

            | read | MB |
            |---:|---:|
            """);
        foreach (Memory.Sample sample in samples)
            Line($"| {sample.Read:N0} | {sample.Megabytes:0} |");
    }

    public override string ToString() => _page.ToString();

    private void Line(FormattableString line) => Line(line.ToString(CultureInfo.InvariantCulture));

    private void Line(string line)
    {
        _page.Append(line).Append('\n');
        Console.WriteLine(line);
    }
}
