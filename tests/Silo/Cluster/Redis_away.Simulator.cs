namespace AsyncTour.Silo.Tests.Cluster;

/// <summary>The Simulator has no Redis. Run with -p:Engine=Orleans.</summary>
public sealed class Redis_away
{
    [Fact(Skip = Silo_processes.Why)]
    public void Redis_away_for_a_while_is_told_and_costs_no_outcome()
    {
    }
}
