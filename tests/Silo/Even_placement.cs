using System.Globalization;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Silo.Tests;

public sealed class Even_placement
{
    [Theory]
    [InlineData(12, 3, 4)]
    [InlineData(12, 2, 6)]
    [InlineData(7, 3, 3)]
    [InlineData(64, 3, 22)]
    [InlineData(3, 8, 1)]
    public void No_silo_has_more_than_its_share_of_a_run_s_workers_whatever_the_run_is_called(int workers, int silos, int most)
    {
        for (var run = 0; run < 200; run++)
        {
            Enumerable.Range(0, workers)
                .CountBy(worker => EvenPlacement.SiloOf(string.Create(CultureInfo.InvariantCulture, $"run-{run}/{worker}"), silos))
                .Max(static silo => silo.Value)
                .ShouldBe(most);
        }
    }

    [Fact]
    public void Runs_of_one_worker_do_not_all_meet_on_one_silo() =>
        Enumerable.Range(0, 30).Select(static run => EvenPlacement.SiloOf(string.Create(CultureInfo.InvariantCulture, $"run-{run}/0"), 3)).Distinct().Count().ShouldBe(3);

    [Fact]
    public void Every_process_agrees_where_a_worker_belongs() =>
        Enumerable.Range(0, 6).Select(static worker => EvenPlacement.SiloOf(string.Create(CultureInfo.InvariantCulture, $"pool-7k2/a/{worker}"), 3)).ToArray()
            .ShouldBe(EvenPlacement.SiloOf("pool-7k2/a/0", 3) switch { 0 => [0, 1, 2, 0, 1, 2], 1 => [1, 2, 0, 1, 2, 0], _ => [2, 0, 1, 2, 0, 1] });
}
