using System.Text.Json;
using AsyncTour.Client.Tests.Support;

namespace AsyncTour.Client.Tests;

public sealed class Simulations
{
    private static bool IsOrleans => Silo.Engine.Name.StartsWith("orleans", StringComparison.Ordinal);

    [Fact]
    public async Task On_Orleans_there_are_none_and_it_says_so()
    {
        Assert.SkipUnless(IsOrleans, "this build has virtual time");
        using var run = await Invocation.Of("simulate", "--seed", "7");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("has no virtual time");
    }

    [Fact]
    public async Task The_seed_comes_first_and_the_same_seed_says_the_same()
    {
        Assert.SkipWhen(IsOrleans, "virtual time is the Simulator's");
        string[] line = ["simulate", "--seed", "7", "--jobs", "20", "--crash-rate", "2", "--duration", "0..10s", "--json"];
        using var first = await Invocation.Of(line);
        using var second = await Invocation.Of(line);

        first.ExitCode.ShouldBe(0);
        first.Error.ShouldStartWith("seed 7");
        var one = JsonDocument.Parse(first.Out).RootElement;
        var other = JsonDocument.Parse(second.Out).RootElement;
        one.GetProperty("succeeded").GetInt32().ShouldBe(20);
        one.GetProperty("digest").GetString().ShouldBe(other.GetProperty("digest").GetString());
        one.GetProperty("command").GetString().ShouldBe("asynctour simulate --seed 7 --jobs 20 --duration 0..10s --crash-rate 2");
    }

    [Fact]
    public async Task A_sweep_answers_one_digest_for_each_seed()
    {
        Assert.SkipWhen(IsOrleans, "virtual time is the Simulator's");
        using var sweep = await Invocation.Of("simulate", "--seeds", "1..5", "--jobs", "5", "--verify", "--json");

        sweep.ExitCode.ShouldBe(0);
        JsonDocument.Parse(sweep.Out).RootElement.GetProperty("digests").EnumerateObject().Select(one => one.Name).ShouldBe(["1", "2", "3", "4", "5"]);
    }

    [Theory]
    [InlineData("--kind http", "--kind http cannot be simulated")]
    [InlineData("--seeds 9..3", "is no range of seeds")]
    [InlineData("--seeds 1..3 --trace", "--trace records one history")]
    [InlineData("--partitions 50", "partitions is 50; each needs a worker of its own, so with 10 workers 1 to 10 are allowed")]
    public async Task What_cannot_be_simulated_is_refused(string options, string sentence)
    {
        Assert.SkipWhen(IsOrleans, "virtual time is the Simulator's");
        using var refused = await Invocation.Of(["simulate", .. options.Split(' ')]);

        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain(sentence);
    }
}
