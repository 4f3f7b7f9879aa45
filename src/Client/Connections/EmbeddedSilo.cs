using AsyncTour.Silo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace AsyncTour.Client.Connections;

/// <summary>A silo inside this process, for as long as the command runs.</summary>
internal static class EmbeddedSilo
{
    /// <summary>Starts the silo.</summary>
    public static async Task<Connection> OpenAsync(CancellationToken cancellationToken)
    {
        // An empty builder reads no settings file and no environment, and logs nothing: the command line is all there is.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddAsyncTourSilo(new SiloSettings { IsEmbedded = true });
        builder.Services.AddSingleton<IHostLifetime, LifetimeOfTheCommand>();
        var host = builder.Build();
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch
        {
            host.Dispose();
            throw;
        }

        return new Connection(host.Services.GetRequiredService<IGrainFactory>(), Engine.Name, 1, null, new RunningHost(host));
    }
}
