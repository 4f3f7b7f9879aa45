using AsyncTour.Grains;
using Orleans.Hosting;

namespace AsyncTour.Silo;

/// <summary>How the Simulator's one silo is reached: in process, and by its gateway when it is not embedded.</summary>
internal static class Clustering
{
    /// <exception cref="RefusedException">Several silos were asked for, which is Microsoft Orleans' part.</exception>
    public static void Configure(ISiloBuilder silo, SiloSettings settings)
    {
        if (settings.Cluster != ClusterKind.Localhost || settings.FirstSiloPort is not null)
        {
            throw new RefusedException("the simulator's cluster is one silo in one process: for several silos build with -p:Engine=Orleans");
        }

        // An embedded silo listens to nobody: its gateway stays shut.
        silo.UseLocalhostClustering(settings.SiloPort, settings.IsEmbedded ? 0 : settings.GatewayPort);
    }
}
