using AsyncTour.Tracing.Recording;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AsyncTour.Silo;

/// <summary>A silo in a process of its own, until it is interrupted.</summary>
internal static class SiloProgram
{
    public static async Task<int> RunAsync(SiloSettings settings, CancellationToken cancellationToken)
    {
        await using var recorder = TraceRecorder.Start(settings.Traces);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddAsyncTourSilo(settings);
        using var host = builder.Build();
        await host.StartAsync(cancellationToken);
        Console.WriteLine($"engine: {Engine.Name}, 1 silo");
        Console.WriteLine($"silo {settings.Name} listens on 127.0.0.1:{settings.GatewayPort}; traces go to {settings.Traces.Folder}; Ctrl-C ends it");
        await host.WaitForShutdownAsync(cancellationToken);
        Console.WriteLine($"silo {settings.Name} has stopped");
        return 0;
    }
}
