using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using AsyncTour.Grains.Runs.Directory;
using AsyncTour.Grains.Runs.Journal;
using AsyncTour.Grains.Tests.Promises;
using AsyncTour.Silo;
using AsyncTour.Tracing.Recording;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Storage;

namespace AsyncTour.Grains.Tests.Runs;

/// <summary>A kept run whose store is away for a while. A failed write is made again after half a second, so these take about one.</summary>
public sealed class StorageAwayTests
{
    private const int Jobs = 40;

    private readonly TestStorage _disk = new();
    private int _failures;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writes_that_failed_are_made_again_and_nothing_runs_twice()
    {
        using var host = await StartAsync();
        var run = await StartRunAsync(host);
        _disk.BeforeWrite = Away;

        await ShouldBeWholeAsync(host, run);
    }

    [Fact]
    public async Task Writes_whose_answer_was_lost_are_found_to_be_made()
    {
        using var host = await StartAsync();
        var run = await StartRunAsync(host);
        _disk.AfterWrite = Away;

        await ShouldBeWholeAsync(host, run);
    }

    [Fact]
    public async Task A_run_that_cannot_be_kept_is_refused_in_one_sentence()
    {
        using var host = await StartAsync();
        _failures = int.MinValue;
        _disk.BeforeWrite = Away;
        var directory = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IRunDirectoryGrain>(IRunDirectoryGrain.Key);

        var refusal = await Should.ThrowAsync<StorageAwayException>(() => directory.Began(new RunEntry("new", "pool", default, null)));

        refusal.Message.ShouldBe("the disk is away");
    }

    private async Task<IHost> StartAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.AddAsyncTourSilo(new SiloSettings { IsEmbedded = true, Traces = new TraceRecorderOptions { Exporter = TraceExporter.None } });
        builder.Services.AddSingleton(new RunStorage { IsDurable = true });
        builder.Services.AddKeyedSingleton<IGrainStorage>(RunStorage.Name, _disk);
        var host = builder.Build();
        await host.StartAsync(Stop);
        return host;
    }

    private static async Task<RunHandle> StartRunAsync(IHost host)
    {
        var jobs = Enumerable.Range(0, Jobs).Select(static i => new Job(i, "sleep", "5ms", $"k{i}")).ToAsyncEnumerable();
        return await new RunClient(host.Services.GetRequiredService<IGrainFactory>()).StartAsync("kept", new RunSpec { Strategy = "pool", MaxWorkers = 4 }, jobs, Stop);
    }

    private static async Task ShouldBeWholeAsync(IHost host, RunHandle run)
    {
        var outcomes = await run.ReadAsync(cancellationToken: Stop).ToListAsync(Stop);

        outcomes.Select(static outcome => outcome.Index).Order().ShouldBe(Enumerable.Range(0, Jobs));
        outcomes.ShouldAllBe(static outcome => outcome.Status == JobStatus.Succeeded && outcome.Attempt == 1);
        (await run.StatusAsync())!.Ledger.AllSucceeded.ShouldBeTrue();
        await host.StopAsync(Stop);
    }

    // The first two writes fail, whichever they are.
    private Task Away() => Interlocked.Increment(ref _failures) <= 2 ? throw new StorageAwayException("the disk is away") : Task.CompletedTask;
}
