using AsyncTour.Client.Commands.Parsing;

namespace AsyncTour.Client.Tests;

public sealed class Words_near_a_typed_one
{
    [Theory]
    [InlineData("pol", "pool")]
    [InlineData("poool", "pool")]
    [InlineData("wait_all", "wait-all")]
    [InlineData("first", "first-completed")]
    [InlineData("xyz", null)]
    public void The_nearest_is_guessed_and_a_far_one_is_not(string typed, string? guess) =>
        Nearest.To(typed, Concurrency.Pools.Strategy.Names).ShouldBe(guess);
}
