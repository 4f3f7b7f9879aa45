using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;

namespace AsyncTour.Simulator.Bench.Gateway;

/// <summary>
/// Calls from this process to a silo in another, and, in turns with them, bare requests of the same bodies to a bare server in that
/// same process. The ratio of the two is what the gateway and the grain cost beyond HTTP.
/// </summary>
internal static class GatewayRows
{
    private static readonly (string Name, string? Text)[] _bodies = [("a number", null), ("a text of 4 KiB", new string('x', 4_096))];

    public static async Task MeasureAsync(Report report, TimeSpan time, int rounds)
    {
        await using var silo = await SiloProcess.StartAsync();
        using var host = await ConnectAsync(silo.GatewayPort);
        var client = host.Services.GetRequiredService<IClusterClient>();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{silo.EchoPort}/") };
        report.Section("Over the gateway, from a second process", "callers", "body", "what", "calls/s", "p50", "p99", "processor time per call", "bytes per call, client + silo", "calls/s to bare", "processor time to bare");
        foreach (var (name, text) in _bodies)
        {
            foreach (var callers in new[] { 1, 8, 64 })
            {
                var meter = new Meter(silo, http, callers, time);
                var (bare, grain) = await RaceAsync(meter, rounds, Bare(http, text), Grain(client, text));
                Row(report, callers, name, "bare echo", bare, bare);
                Row(report, callers, name, "grain", grain, bare);
            }
        }

        report.Say($"""
            `bare echo` is `HttpClient` posting the same bytes to a Kestrel endpoint that sends them back, in the silo's process; `grain` is
            `IClusterClient` calling a grain there. Both processes share the machine's cores. The two are measured in turns, {rounds} times {time.TotalSeconds} s
            each, and the round of middling rate is shown. Processor time and bytes are of both processes together; where the machine is busy
            with other work, they are the steadier measures.
            """);
        await host.StopAsync();
    }

    private static Func<int, Task> Bare(HttpClient http, string? text)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(text is null ? new object[] { 1 } : [text]);
        return async _ =>
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await http.PostAsync((Uri?)null, content);
            await answer.Content.ReadAsByteArrayAsync();
        };
    }

    private static Func<int, Task> Grain(IClusterClient client, string? text)
    {
        var grains = Enumerable.Range(0, 64).Select(key => client.GetGrain<INoopGrain>(key)).ToArray();
        return text is null ? index => grains[index].Next(1) : index => grains[index].Echo(text);
    }

    /// <summary>In turns, so that what else the machine does meets both alike; the round of middling rate stands for all. The first warms up.</summary>
    private static async Task<(Round Bare, Round Grain)> RaceAsync(Meter meter, int rounds, Func<int, Task> bare, Func<int, Task> grain)
    {
        var all = new List<(Round Bare, Round Grain)>();
        for (var round = 0; round <= rounds; round++)
            all.Add((await meter.RunAsync(bare), await meter.RunAsync(grain)));
        all.RemoveAt(0);
        return (Middle(all.Select(static one => one.Bare)), Middle(all.Select(static one => one.Grain)));
    }

    private static Round Middle(IEnumerable<Round> rounds)
    {
        var sorted = rounds.OrderBy(static one => one.Seen.Rate).ToList();
        return sorted[sorted.Count / 2];
    }

    private static void Row(Report report, int callers, string body, string what, Round one, Round bare) => report.Row(
        callers.ToString(CultureInfo.InvariantCulture),
        body,
        what,
        Report.Number(one.Seen.Rate),
        Report.Number(one.Seen.Median.TotalMicroseconds) + " µs",
        Report.Number(one.Seen.OneInAHundred.TotalMicroseconds) + " µs",
        Report.Number(one.Processor, "N1") + " µs",
        Report.Number(one.Allocated),
        Report.Number(one.Seen.Rate / bare.Seen.Rate, "N2"),
        Report.Number(one.Processor / bare.Processor, "N2"));

    private static async Task<IHost> ConnectAsync(int port)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => client.UseLocalhostClustering(gatewayPort: port).AddActivityPropagation());
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
