using System.CommandLine;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Commands.Parsing;
using AsyncTour.Client.Inputs;
using AsyncTour.Client.Runs;
using AsyncTour.Client.Terminals;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Grains;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Client.Commands;

/// <summary>The options of <c>run</c> and <c>compare</c>: which jobs, how many at once, and what a failure means.</summary>
internal sealed class RunOptions
{
    private const int MostJobs = 100_000_000;
    private const int DefaultJobs = 10;

    private readonly Option<int?> _jobs = Reading.Option(
        "--jobs", "N", $"how many synthetic jobs (default {DefaultJobs})", Reading.Whole(1, MostJobs));

    private readonly Option<DurationDistribution?> _duration = Reading.Option(
        "--duration", "D", "how long each takes: 50ms (default), 0..1s, exp:200ms or pareto:20ms:1.5", Reading.Durations);

    private readonly Option<int?> _seed = Reading.Option(
        "--seed", "S", "draws the same durations again (default: a new seed, which is printed)", Reading.Whole(0, int.MaxValue));

    private readonly Option<string?> _kind = Reading.Option(
        "--kind", "KIND", "sleep (default), block, spin, http, fail, or a kind of your own silo", Reading.Text);

    private readonly Option<string?> _input = Reading.Option(
        "--input", "FILE|-", "real jobs, one a line (- reads standard input): a URL for http, a duration for sleep, block and spin; KEY<tab>LINE names a job", Reading.Text);

    private readonly Option<int?> _maxWorkers = Reading.Option(
        "--max-workers", "K", $"most jobs at once (default min(32, cores + 4), here {Strategy.DefaultMaxWorkers})", Reading.Whole(1, RunSpec.MostWorkers));

    private readonly Option<int?> _perKey = Reading.Option(
        "--per-key", "K", "most jobs with one key at once", Reading.Whole(1, RunSpec.MostWorkers));

    private readonly Option<string?> _rate = Reading.Option("--rate", "N/UNIT", "most starts per unit of time, such as 50/s", Reading.Rate);

    private readonly Option<string?> _until = Reading.Option(
        "--until", "N|N%", "stop once so many jobs, or this share of them, have succeeded; the rest is cancelled", Reading.Goal);

    private readonly Option<TimeSpan?> _timeout = Reading.Option("--timeout", "T", "stop the whole run after this long", Reading.Time);

    private readonly Option<TimeSpan?> _jobTimeout = Reading.Option("--job-timeout", "T", "stop each job after this long", Reading.Time);

    private readonly Option<string?> _onError = Reading.Option(
        "--on-error", "POLICY", "collect (default: the others go on), fail-fast, or stop:N after N failures", Reading.Policy);

    private readonly Option<int?> _retries = Reading.Option(
        "--retries", "R", "try a failed job again, up to R times (default 0)", Reading.Whole(0, 100));

    private readonly Option<bool> _atMostOnce = Reading.Flag(
        "--at-most-once", "a job whose silo died, or whose answer was lost, is recorded as unknown, not run again");

    private readonly Option<bool> _cold = Reading.Flag(
        "--cold", "do not warm the path up with one unreported job per worker first");

    /// <summary>Whether the answer is to be one JSON object.</summary>
    public Option<bool> Json { get; } = Reading.Flag("--json", "one JSON object on standard output, and nothing else there");

    /// <summary>Whether to leave the run to its silo.</summary>
    public Option<bool> Detach { get; } = Reading.Flag(
        "--detach", "hand the jobs over, print the run's id and leave; promise wait RUN/INDEX awaits one of them");

    /// <summary>Over how many partition coordinators the workers are divided.</summary>
    public Option<int?> Partitions { get; } = Reading.Option(
        "--partitions", "P", "grains that feed the workers, each its share of them (default 1; more for thousands of workers)", Reading.Whole(1, RunSpec.MostPartitions));

    /// <summary>Adds the options to a command, in sections.</summary>
    public void AddTo(DocumentedCommand command)
    {
        command.AddSection("jobs", _jobs, _duration, _seed, _kind, _input);
        command.AddSection("limits", _maxWorkers, _perKey, _rate, _timeout, _jobTimeout, _until);
        command.AddSection("failures", _onError, _retries, _atMostOnce);
        command.AddSection("report", Json, _cold);
    }

    /// <summary>What one command line asks for, checked as far as it can be without a silo.</summary>
    /// <exception cref="RefusedException">It cannot be run.</exception>
    public RunRequest Read(ParseResult parsed, string strategy, Terminal terminal)
    {
        var kind = parsed.GetValue(_kind) ?? (strategy == "executor" ? "block" : "sleep");
        var request = new RunRequest(Spec(parsed, strategy), Input(parsed, kind, terminal), !parsed.GetValue(_cold));
        return RunRules.Refuse(request.Spec) is { } reason ? throw new RefusedException(reason) : request;
    }

    private RunSpec Spec(ParseResult parsed, string strategy) => new()
    {
        Strategy = strategy,
        MaxWorkers = parsed.GetValue(_maxWorkers),
        Partitions = parsed.GetValue(Partitions) ?? 1,
        Timeout = parsed.GetValue(_timeout),
        JobTimeout = parsed.GetValue(_jobTimeout),
        OnError = parsed.GetValue(_onError) ?? "collect",
        Retries = parsed.GetValue(_retries) ?? 0,
        AtMostOnce = parsed.GetValue(_atMostOnce),
        PerKey = parsed.GetValue(_perKey),
        Rate = parsed.GetValue(_rate),
        Until = parsed.GetValue(_until),
    };

    private JobInput Input(ParseResult parsed, string kind, Terminal terminal)
    {
        if (parsed.GetValue(_input) is not { } path)
        {
            return Synthetic(parsed, kind, terminal);
        }

        foreach (var option in (Option[])[_jobs, _duration])
        {
            if (parsed.GetResult(option) is not null)
            {
                throw new RefusedException($"--input and {option.Name} exclude each other: the input's lines are the jobs");
            }
        }

        return path == "-" ? LineJobs.FromStandardInput(terminal.OpenInput, kind) : LineJobs.FromFile(path, kind);
    }

    private SyntheticJobs Synthetic(ParseResult parsed, string kind, Terminal terminal)
    {
        if (kind == "http")
        {
            throw new RefusedException("--kind http needs --input FILE with one URL a line, or --input - to read them from standard input");
        }

        return new SyntheticJobs(
            parsed.GetValue(_jobs) ?? DefaultJobs,
            kind,
            parsed.GetValue(_duration) ?? SyntheticJobs.DefaultDuration,
            parsed.GetValue(_seed) ?? terminal.Random.Next());
    }
}
