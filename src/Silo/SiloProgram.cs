using System.Globalization;
using AsyncTour.Grains;
using AsyncTour.Silo.Web;
using AsyncTour.Tracing.Recording;
using AsyncTour.Tracing.Rendering.Page;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace AsyncTour.Silo;

/// <summary>A silo in a process of its own, until it is interrupted.</summary>
internal static class SiloProgram
{
    private const int CouldNotStart = 3;
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    /// <summary>Answers 0 after an orderly stop, 3 when the silo could not start.</summary>
    /// <exception cref="RefusedException">The settings cannot be used: a port is taken, or the engine cannot do it.</exception>
    public static async Task<int> RunAsync(SiloSettings settings, CancellationToken cancellationToken)
    {
        Ports.Refuse(settings);
        Folders.Refuse(settings);
        var runs = new LiveRuns();
        await using var recorder = TraceRecorder.Start(settings.HttpPort is null ? settings.Traces : settings.Traces with { Watcher = runs });
        using var host = Build(settings, runs);
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // The host has logged all of it; whoever started the silo needs the last line to be the reason.
            await Console.Error.WriteLineAsync($"silo: {settings.Name} could not start: {e.GetBaseException().Message}");
            return CouldNotStart;
        }

        Announce(settings, new Readiness(host.Services));
        await StopOrderAsync(host, cancellationToken);
        await Farewell.SayAsync(settings, host.Services.GetRequiredService<IGrainFactory>());
        await host.StopAsync(CancellationToken.None);
        recorder.ForceFlush();
        if (recorder.Fault is { } fault)
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"silo: {recorder.Statistics.Lost:N0} spans were not recorded: {fault.Message}"));
        }

        Console.WriteLine($"silo {settings.Name} has stopped");
        return 0;
    }

    /// <summary>The host of a silo, with its site unless the settings want none.</summary>
    internal static IHost Build(SiloSettings settings, LiveRuns runs)
    {
        if (settings.HttpPort is not { } port)
        {
            var silent = Host.CreateApplicationBuilder();
            silent.Logging.SetMinimumLevel(LogLevel.Warning);
            silent.AddAsyncTourSilo(settings);
            LimitStop(silent);
            return silent.Build();
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddAsyncTourSilo(settings);
        LimitStop(builder);
        SiloWeb.Configure(builder, settings, port);
        var site = builder.Build();
        SiloWeb.Map(site, runs);
        return site;
    }

    // Jobs that are still running then run again on the next silo: waiting long for them would save little.
    private static void LimitStop(IHostApplicationBuilder builder) =>
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = StopPatience);

    // SIGTERM and Ctrl-C reach the host, whose lifetime says so; the token is whoever called this in its own process.
    private static async Task StopOrderAsync(IHost host, CancellationToken cancellationToken)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        await using var told = lifetime.ApplicationStopping.UnsafeRegister(static order => ((TaskCompletionSource)order!).TrySetResult(), stopping);
        await using var called = cancellationToken.UnsafeRegister(static order => ((TaskCompletionSource)order!).TrySetResult(), stopping);
        await stopping.Task;
    }

    private static void Announce(SiloSettings settings, Readiness readiness)
    {
        var silos = readiness.Silos;
        Console.WriteLine($"engine: {Engine.Name}, {silos} silo{(silos == 1 ? "" : "s")}");
        var address = settings.Cluster == ClusterKind.Redis ? settings.Address : "127.0.0.1";
        var kept = settings.StorageFolder is { } folder ? $"; runs and promises are kept in {folder}" : "";
        var traces = settings.Traces.Exporter == TraceExporter.File ? $"traces go to {settings.Traces.Folder}" : $"traces: {settings.Traces.Exporter.ToString().ToLowerInvariant()}";
        if (settings.HttpPort is { } port)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"watch its runs in a browser: http://localhost:{port}"));
        }

        Console.WriteLine($"silo {settings.Name} listens on {address}:{settings.GatewayPort}{kept}; {traces}; Ctrl-C ends it");
    }
}
