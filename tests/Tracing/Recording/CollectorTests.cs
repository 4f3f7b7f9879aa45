using System.Net;
using System.Net.Sockets;
using AsyncTour.Tracing.Recording;

namespace AsyncTour.Tracing.Tests.Recording;

[Collection(RecordingCollection.Name)]
public sealed class CollectorTests : IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Endpoint, null);
        Environment.SetEnvironmentVariable(Protocol, null);
    }

    [Fact]
    public async Task Spans_and_metrics_go_to_the_collector_that_the_environment_names()
    {
        var address = $"http://127.0.0.1:{FreePort()}/";
        using var collector = new HttpListener { Prefixes = { address } };
        collector.Start();
        var received = ReceiveAsync(collector);
        Environment.SetEnvironmentVariable(Endpoint, address);
        Environment.SetEnvironmentVariable(Protocol, "http/protobuf");

        using (var recorder = TraceRecorder.Start(new TraceRecorderOptions { Exporter = TraceExporter.Otlp }))
        {
            SampleRun.Play(jobs: 5, workers: 1);
            SampleRun.Measure();
            recorder.ForceFlush().ShouldBeTrue();
            recorder.Statistics.Written.ShouldBe(6);
            recorder.Statistics.Lost.ShouldBe(0);
        }

        collector.Stop();
        (await received).ShouldBe(["/v1/metrics", "/v1/traces"]);
    }

    /// <summary>Answers whatever comes until the listener stops, and then tells which paths came.</summary>
    private static async Task<IReadOnlyCollection<string>> ReceiveAsync(HttpListener collector)
    {
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        try
        {
            while (true)
            {
                var sent = await collector.GetContextAsync();
                paths.Add(sent.Request.Url!.AbsolutePath);
                sent.Response.ContentType = "application/x-protobuf";
                sent.Response.Close();
            }
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            return paths;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
