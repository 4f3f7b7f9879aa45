using AsyncTour.Concurrency.Pools;

namespace AsyncTour.Concurrency.Tests.Pools;

public sealed class StrategyParsingTests
{
    [Fact]
    public void an_unknown_strategy_is_refused_with_the_ones_there_are()
    {
        Strategy.TryParse("pol", 3, out _, out string? reason).ShouldBeFalse();

        reason.ShouldBe("unknown strategy 'pol': the strategies are sequential, wait-all, first-completed, pool, executor.");
    }

    [Theory, InlineData(0), InlineData(-1)]
    public void fewer_than_one_worker_is_refused(int maxWorkers)
    {
        Strategy.TryParse("pool", maxWorkers, out _, out string? reason).ShouldBeFalse();

        reason.ShouldBe($"max workers is {maxWorkers}, and a pool needs at least 1.");
    }

    [Theory, InlineData("pool"), InlineData("executor"), InlineData("first-completed")]
    public void unsaid_workers_are_pythons_default(string name)
    {
        Strategy.TryParse(name, null, out Strategy? strategy, out _).ShouldBeTrue();

        strategy!.MaxWorkers.ShouldBe(Math.Min(32, Environment.ProcessorCount + 4));
    }

    [Fact]
    public void a_strategy_prints_as_its_call() => Strategy.Pool(3).ToString().ShouldBe("pool(3)");
}
