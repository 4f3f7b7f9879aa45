using AsyncTour.Simulator.Time;

namespace AsyncTour.Simulator.Tests.Time;

public sealed class SimulationTests
{
    [Fact]
    public async Task An_hour_passes_at_once()
    {
        await using var sim = Simulation.Create(seed: 1);
        var before = sim.Time.GetUtcNow();

        var silo = await sim.Run(() => sim.Grains.GetGrain<IVirtualGrain>(1).SleepLong(TimeSpan.FromHours(1), CancellationToken.None));

        silo.ShouldBe("silo-0");
        (sim.Time.GetUtcNow() - before).ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_caller_gives_up_after_the_response_timeout_and_up_to_a_second()
    {
        await using var sim = Simulation.Create(seed: 1);

        await sim.Run(() => Should.ThrowAsync<TimeoutException>(() => sim.Grains.GetGrain<IVirtualGrain>(1).Sleep(TimeSpan.FromHours(1))));

        sim.Statistics.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(31));
    }

    [Fact]
    public async Task One_seed_has_one_history()
    {
        var first = await DigestOf(7);

        (await DigestOf(7)).ShouldBe(first);
        (await DigestOf(8)).ShouldNotBe(first);
    }

    [Fact]
    public async Task The_seed_decides_who_is_next()
    {
        var orders = new SortedSet<string>(StringComparer.Ordinal);
        for (var seed = 0; seed < 20; seed++)
            orders.Add(await OrderOf(seed));

        orders.Count.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task A_circle_of_calls_is_a_deadlock_and_is_drawn()
    {
        await using var sim = Simulation.Create(seed: 3);

        var stuck = await Should.ThrowAsync<SimulationDeadlockException>(() => sim.Run(() => sim.Grains.GetGrain<IVirtualGrain>(1).AskBack(2)));

        stuck.Message.ShouldContain("virtual/1 waits for IVirtualGrain/Nudge on virtual/2, which has begun");
        stuck.Message.ShouldContain("virtual/2 waits for IVirtualGrain/Nudge on virtual/1, which waits behind IVirtualGrain/AskBack");
        stuck.Message.ShouldContain("in a circle: virtual/1 → virtual/2 → virtual/1");
        stuck.Message.ShouldContain("Seed 3 repeats it.");
    }

    [Theory]
    [InlineData("configure")]
    [InlineData("run")]
    [InlineData("real delay")]
    public async Task A_continuation_that_leaves_is_named(string how)
    {
        await using var sim = Simulation.Create(seed: 3);

        var stray = await Should.ThrowAsync<StrayedContinuationException>(() => sim.Run(() => sim.Grains.GetGrain<IVirtualGrain>(1).Stray(how)));

        stray.Message.ShouldContain("VirtualGrain.Stray came back to virtual/1");
    }

    [Fact]
    public async Task Timers_of_silos_ring_as_late_as_told()
    {
        await using var sim = Simulation.Create(seed: 3, options: new SimulationOptions { TimerLateness = TimeSpan.FromMilliseconds(2) });
        var before = sim.Time.GetUtcNow();

        await sim.Run(() => sim.Grains.GetGrain<IVirtualGrain>(1).Sleep(TimeSpan.FromSeconds(1)));

        (sim.Time.GetUtcNow() - before).ShouldBe(TimeSpan.FromMilliseconds(1002));
    }

    [Fact]
    public async Task Patience_ends()
    {
        await using var sim = Simulation.Create(seed: 3, options: new SimulationOptions { Patience = TimeSpan.FromMinutes(1) });

        await Should.ThrowAsync<SimulationPatienceException>(() => sim.Run(() => sim.Pass(TimeSpan.FromMinutes(2))));
    }

    internal static async Task<string> DigestOf(int seed)
    {
        await using var sim = Simulation.Create(seed, options: Five());
        await sim.Run(() => Task.WhenAll(Enumerable.Range(0, 20).Select(key => sim.Grains.GetGrain<IVirtualGrain>(key).Relay(5))));
        return sim.Digest;
    }

    private static async Task<string> OrderOf(int seed)
    {
        await using var sim = Simulation.Create(seed);
        var order = new List<int>();
        await sim.Run(() => Task.WhenAll(Enumerable.Range(0, 5).Select(async key =>
        {
            await sim.Grains.GetGrain<IVirtualGrain>(key).Count();
            order.Add(key);
        })));
        return string.Join(',', order);
    }

    private static SimulationOptions Five() => new() { Silos = 5, Latency = random => TimeSpan.FromMilliseconds(1 + random.NextDouble()) };
}
