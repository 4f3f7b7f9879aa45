namespace AsyncTour.Silo.Tests.Cluster;

/// <summary>What only a cluster of processes can show. Run with -p:Engine=Orleans.</summary>
public sealed class Silo_processes
{
    internal const string Why = "clusters of several processes are Microsoft Orleans' part: run with -p:Engine=Orleans and redis-server installed";

    [Fact(Skip = Why)]
    public void Twelve_workers_on_three_silos_are_four_on_each()
    {
    }

    [Fact(Skip = Why)]
    public void A_silo_killed_during_a_run_costs_no_outcome_and_doubles_none()
    {
    }

    [Fact(Skip = Why)]
    public void A_coordinator_killed_with_its_silo_goes_on_elsewhere()
    {
    }

    [Fact(Skip = Why)]
    public void A_silo_told_to_stop_during_a_run_costs_no_outcome()
    {
    }

    [Fact(Skip = Why)]
    public void A_rolling_update_under_a_run_costs_no_outcome()
    {
    }

    [Fact(Skip = Why)]
    public void A_promise_that_was_acknowledged_its_open_waits_and_a_race_for_another_outlive_the_silo()
    {
    }

    [Fact(Skip = Why)]
    public void A_run_that_starts_while_nobody_knows_yet_that_a_silo_is_dead_is_whole()
    {
    }

    [Fact(Skip = Why)]
    public void A_silo_that_comes_back_at_its_address_costs_no_outcome()
    {
    }

    [Fact(Skip = Why)]
    public void A_frozen_silo_that_is_continued_after_its_death_leaves_and_doubles_nothing()
    {
    }

    [Fact(Skip = Why)]
    public void A_silo_told_to_stop_leaves_in_order()
    {
    }
}
