using System.Globalization;

namespace AsyncTour.Simulator.Tests;

/// <summary>A bounded run of what was run at length once: see docs/simulator.md. At length: <c>ASYNCTOUR_TEST_HOSTILE=100000</c>.</summary>
[Collection(nameof(Alone))]
public sealed class HostileRequestTests(ITestOutputHelper output)
{
    private const long MostGrowth = 16 * 1024 * 1024;

    [Fact]
    public async Task Hostile_requests_are_refused_leave_nothing_behind_and_the_next_good_call_works()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("ASYNCTOUR_TEST_HOSTILE") ?? "2000", CultureInfo.InvariantCulture);
        await using var gateway = await WatchedGateway.StartAsync(TimeSpan.FromMilliseconds(200));
        var before = await gateway.CallUntilQuietAsync();

        var hostile = new HostileRequests(seed: 3, gateway.Port);
        await hostile.SendAsync(count / 10);
        var early = await HeapAsync(gateway);
        await hostile.SendAsync(count - (count / 10));
        var late = await HeapAsync(gateway);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} requests; answers by status: {string.Join(", ", hostile.Answers.Select(one => $"{one.Key}: {one.Value}"))}; heap {early:N0} B after a tenth, {late:N0} B after all; open before: {before}"));
        hostile.Accepted.ShouldBe(0);
        (await gateway.CallUntilQuietAsync()).ShouldBe(before);
        (late - early).ShouldBeLessThan(MostGrowth);
        await gateway.CallAsync();
    }

    /// <summary>What is alive when nothing is under way.</summary>
    private static async Task<long> HeapAsync(WatchedGateway gateway)
    {
        await gateway.CallUntilQuietAsync();
        for (var round = 0; round < 2; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
