using System.CommandLine;
using System.Globalization;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Commands.Parsing;
using AsyncTour.Client.Terminals;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Grains;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using AsyncTour.Simulation.Plans;
using AsyncTour.Simulation.Scenes;
using AsyncTour.Simulation.Sweeps;

namespace AsyncTour.Client.Commands.Simulate;

/// <summary>The options of <c>simulate</c>.</summary>
internal sealed class SimulateOptions
{
    private const int MostJobs = 10_000_000;

    private readonly Option<int?> _silos = Reading.Option("--silos", "N", "simulated silos (default 5)", Reading.Whole(1, 10_000));

    private readonly Option<DurationDistribution?> _latency = Reading.Option(
        "--latency", "D", "how long a message is on its way between silos: 200us (default), 1ms..5ms, exp:2ms", Reading.Durations);

    private readonly Option<TimeSpan?> _turnCost = Reading.Option(
        "--turn-cost", "T", "how long one message keeps its grain busy (default: no time)", Reading.Time);

    private readonly Option<TimeSpan?> _timerLateness = Reading.Option(
        "--timer-lateness", "T", "how late timers ring, as real ones do by about 1ms (default: not at all)", Reading.Time);

    private readonly Option<int?> _partitions = Reading.Option(
        "--partitions", "P", "grains that feed the workers, each its share of them (default 1)", Reading.Whole(1, RunSpec.MostPartitions));

    private readonly Option<double?> _crashRate = Reading.Option("--crash-rate", "R", "crashes per silo and minute; a silo comes back after 5 to 30 s", Number(60));

    private readonly Option<double?> _loss = Reading.Option("--loss", "P", "share of messages between silos that is lost, such as 0.01", Number(0.5));

    private readonly Option<double?> _partitionRate = Reading.Option("--partition-rate", "R", "times a minute that the network is cut in two, for 2 to 30 s", Number(60));

    private readonly Option<TimeSpan?> _faultsFor = Reading.Option("--faults-for", "D", "how long faults go on (default 2m); then all is made whole, and the run must end", Reading.Time);

    private readonly Option<int?> _jobs = Reading.Option("--jobs", "N", "how many jobs (default 100)", Reading.Whole(1, MostJobs));

    private readonly Option<DurationDistribution?> _duration = Reading.Option("--duration", "D", "how long each takes: 50ms (default), 0..1s, exp:200ms or pareto:20ms:1.5", Reading.Durations);

    private readonly Option<string?> _kind = Reading.Option("--kind", "KIND", "sleep (default), block, spin or fail, all in virtual time", Reading.Text);

    private readonly Option<int?> _promises = Reading.Option("--promises", "N", "promises that three rivals each try to settle meanwhile (default 0)", Reading.Whole(0, 100_000));

    private readonly Option<string?> _strategy = Reading.Option("--strategy", "S", string.Join(", ", Strategy.Names) + " (default pool)", Reading.Word("strategy", "strategies", Strategy.Names));

    private readonly Option<int?> _maxWorkers = Reading.Option("--max-workers", "K", "most jobs at once (default 10)", Reading.Whole(1, RunSpec.MostWorkers));

    private readonly Option<TimeSpan?> _timeout = Reading.Option("--timeout", "T", "stop the whole run after this long", Reading.Time);

    private readonly Option<TimeSpan?> _jobTimeout = Reading.Option("--job-timeout", "T", "stop each job after this long", Reading.Time);

    private readonly Option<int?> _retries = Reading.Option("--retries", "R", "try a failed job again, up to R times (default 0)", Reading.Whole(0, 100));

    private readonly Option<bool> _atMostOnce = Reading.Flag("--at-most-once", "a job whose silo died, or whose answer was lost, is recorded as unknown, not run again");

    private readonly Option<int?> _seed = Reading.Option("--seed", "S", "decides everything (default: a new seed, which is printed)", Reading.Whole(0, int.MaxValue));

    private readonly Option<(int First, int Last)?> _seeds = Reading.Option("--seeds", "A..B", "one history for each of these seeds", Range);

    private readonly Option<bool> _verify = Reading.Flag("--verify", "play each seed twice and compare the digests");

    private readonly Option<bool> _trace = Reading.Flag("--trace", "write the run's trace, in virtual time, into the traces folder");

    private readonly Option<bool> _json = Reading.Flag("--json", "one JSON object on standard output, and nothing else there");

    public void AddTo(DocumentedCommand command)
    {
        command.AddSection("cluster", _silos, _latency, _turnCost, _timerLateness, _partitions);
        command.AddSection("faults", _crashRate, _loss, _partitionRate, _faultsFor);
        command.AddSection("jobs", _jobs, _duration, _kind, _promises);
        command.AddSection("limits", _strategy, _maxWorkers, _timeout, _jobTimeout, _retries, _atMostOnce);
        command.AddSection("seeds", _seed, _seeds, _verify);
        command.AddSection("report", _trace, _json);
    }

    /// <exception cref="RefusedException">It cannot be simulated.</exception>
    public SimulateRequest Read(ParseResult parsed, Terminal terminal)
    {
        var seeds = parsed.GetValue(_seeds);
        if (seeds is not null && parsed.GetValue(_seed) is not null)
            throw new RefusedException("--seed and --seeds exclude each other");
        if (parsed.GetValue(_trace) && (seeds is not null || parsed.GetValue(_verify)))
            throw new RefusedException("--trace records one history: give one --seed and leave --verify out");
        var plan = Plan(parsed, seeds?.First ?? parsed.GetValue(_seed) ?? terminal.Random.Next());
        if (PlanRules.Refuse(plan) is { } reason)
            throw new RefusedException(reason);
        return new SimulateRequest(
            plan,
            seeds?.Last,
            parsed.GetValue(_verify) ? Sweep.Verified : Sweep.Watched,
            parsed.GetValue(_trace),
            parsed.GetValue(_json));
    }

    private Plan Plan(ParseResult parsed, int seed)
    {
        var usual = new Plan { Seed = seed };
        var strategy = parsed.GetValue(_strategy) ?? usual.Strategy;
        return usual with
        {
            Silos = parsed.GetValue(_silos) ?? usual.Silos,
            Latency = parsed.GetValue(_latency) ?? usual.Latency,
            TurnCost = parsed.GetValue(_turnCost) ?? usual.TurnCost,
            TimerLateness = parsed.GetValue(_timerLateness) ?? usual.TimerLateness,
            Partitions = parsed.GetValue(_partitions) ?? usual.Partitions,
            CrashRate = parsed.GetValue(_crashRate) ?? 0,
            Loss = parsed.GetValue(_loss) ?? 0,
            PartitionRate = parsed.GetValue(_partitionRate) ?? 0,
            FaultsFor = parsed.GetValue(_faultsFor) ?? usual.FaultsFor,
            Jobs = parsed.GetValue(_jobs) ?? usual.Jobs,
            Duration = parsed.GetValue(_duration) ?? usual.Duration,
            Kind = parsed.GetValue(_kind) ?? (strategy == "executor" ? "block" : usual.Kind),
            Promises = parsed.GetValue(_promises) ?? 0,
            Strategy = strategy,
            MaxWorkers = parsed.GetValue(_maxWorkers) ?? usual.MaxWorkers,
            Timeout = parsed.GetValue(_timeout),
            JobTimeout = parsed.GetValue(_jobTimeout),
            Retries = parsed.GetValue(_retries) ?? 0,
            AtMostOnce = parsed.GetValue(_atMostOnce),
        };
    }

    private static Func<string, Reading<double?>> Number(double most) => text =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : Reading<double?>.Refused(string.Create(CultureInfo.InvariantCulture, $"is not allowed: give a number from 0 to {most}"));

    private static Reading<(int First, int Last)?> Range(string text) =>
        text.Split("..") is [var low, var high]
        && int.TryParse(low, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
        && int.TryParse(high, NumberStyles.None, CultureInfo.InvariantCulture, out var last) && first <= last
            ? (first, last)
            : Reading<(int First, int Last)?>.Refused("is no range of seeds: write the first and the last, such as 1..1000");
}

/// <summary>What one command line asks for.</summary>
/// <param name="Plan">The plan; of a sweep, that of its first seed.</param>
/// <param name="LastSeed">The sweep's last seed; <c>null</c> when there is one seed only.</param>
/// <param name="Play">How a plan is played: once, or twice to compare.</param>
/// <param name="TracesOne">Whether the trace is written.</param>
/// <param name="Json">Whether the answer is JSON.</param>
internal sealed record SimulateRequest(Plan Plan, int? LastSeed, Func<Plan, Task<SceneReport>> Play, bool TracesOne, bool Json);
