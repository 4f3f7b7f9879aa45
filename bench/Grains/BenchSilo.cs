using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using AsyncTour.Silo;
using AsyncTour.Tracing.Recording;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace AsyncTour.Grains.Bench;

/// <summary>An embedded silo, recording or not.</summary>
internal sealed class BenchSilo : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly TraceRecorder? _recorder;
    private int _runs;

    private BenchSilo(IHost host, TraceRecorder? recorder) => (_host, _recorder) = (host, recorder);

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public static async Task<BenchSilo> StartAsync(string? traces)
    {
        var options = new TraceRecorderOptions { Exporter = traces is null ? TraceExporter.None : TraceExporter.File, Folder = traces ?? "" };
        var recorder = traces is null ? null : TraceRecorder.Start(options);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.AddAsyncTourSilo(new SiloSettings { IsEmbedded = true, Traces = options });
        var host = builder.Build();
        await host.StartAsync();
        return new BenchSilo(host, recorder);
    }

    /// <summary>Runs jobs to the end, reading every outcome as a client does.</summary>
    public async Task<RunStatus> RunAsync(RunSpec spec, IAsyncEnumerable<Job> jobs)
    {
        var run = await new RunClient(Grains).StartAsync($"bench-{_runs++}", spec, jobs);
        var read = 0;
        await foreach (var outcome in run.ReadAsync())
        {
            read += outcome.Status == JobStatus.Succeeded ? 1 : 0;
        }

        var status = (await run.StatusAsync())!;
        return read == status.Ledger.Submitted && status.Ledger.AllSucceeded
            ? status
            : throw new InvalidOperationException($"A benchmark's run must succeed: {status.Ledger}, {read} read.");
    }

    public static IAsyncEnumerable<Job> Sleeps(int count, string duration) =>
        Enumerable.Range(0, count).Select(i => new Job(i, "sleep", duration, "k")).ToAsyncEnumerable();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        if (_recorder is not null)
        {
            await _recorder.DisposeAsync();
        }
    }
}
