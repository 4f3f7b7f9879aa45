using AsyncTour.Grains.Runs;
using AsyncTour.Orleans.Bench.Outages;
using AsyncTour.Silo.Tests.Support;

namespace AsyncTour.Silo.Tests.Cluster;

/// <summary>Silos whose Redis goes and comes back. A cluster of their own: where no silo has died before, nothing of a run breaks.</summary>
[Collection(nameof(Silo_processes))]
public sealed class Redis_away(SiloCluster cluster) : IClassFixture<SiloCluster>
{
    private const int Jobs = 4_000;

    [Theory]
    [InlineData(OutageKind.Frozen)]
    [InlineData(OutageKind.Killed)]
    public async Task Redis_away_for_a_while_is_told_and_costs_no_outcome(OutageKind kind)
    {
        using var taker = new RedisTaker(cluster.Silos, cluster.Client, new Random((int)kind));

        var outage = await taker.TakeAsync(kind, Rounds.Outage, Jobs, asks: true);

        outage.Unready.ShouldNotBeNull("every silo says that it is not ready");
        outage.Ready.ShouldNotBeNull("and that it is again");
        outage.Commands.ShouldAllBe(static answer => answer.ExitCode == 3 && answer.IsOneSentence);
        outage.Promise.ShouldBe("set while Redis was away");
        outage.IsWhole.ShouldBeTrue(outage.Status.ToString());
        outage.Again.ShouldBe(0, "the run waited; nothing of it broke");
    }
}
