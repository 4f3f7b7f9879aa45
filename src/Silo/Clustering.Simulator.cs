using Orleans.Hosting;

namespace AsyncTour.Silo;

/// <summary>How the Simulator's one silo is reached: in process, and by its gateway when it is not embedded.</summary>
internal static class Clustering
{
    public static void Configure(ISiloBuilder silo, SiloSettings settings) =>
        silo.UseLocalhostClustering(settings.SiloPort, settings.GatewayPort);
}
