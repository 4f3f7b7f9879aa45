using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AsyncTour.Tracing.Conventions;
using AsyncTour.Tracing.Reading;
using AsyncTour.Tracing.Recording;

namespace AsyncTour.Tracing.Tests.Recording;

/// <summary>The lines on disk, letter by letter: other tools read them.</summary>
[Collection(RecordingCollection.Name)]
public sealed class FormatTests : IDisposable
{
    private static readonly string[] OfThisProcess = ["process.pid", "host.name", "service.instance.id", "telemetry.sdk.version"];
    private static readonly string[] List = ["a", "b"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly ActivitySource Engine = new(SourceNames.EngineCalls, "1.0.0");
    private readonly string _folder = Directory.CreateTempSubdirectory("asynctour-traces-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_run_is_written_like_this()
    {
        var begin = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        using (Record())
        {
            var run = TourActivitySource.StartRun("pool", "r-1", maxWorkers: 2, jobs: 1, begin)!;
            var call = Engine.StartActivity("IWorkerGrain/Run", ActivityKind.Client, default(ActivityContext), startTime: begin.AddMilliseconds(1))!;
            var job = TourActivitySource.StartJob(
                new JobSpan { Kind = "http", RunId = "r-1", Index = 0, Worker = 1, Attempt = 2, Silo = "S1", Key = "a \"key\"\n", Queued = TimeSpan.FromMilliseconds(1.5) },
                begin.AddMilliseconds(2));
            TourActivitySource.EndJob(job, JobStatusNames.Failed, new InvalidOperationException("no\u0001luck \ud83c\udf40 \ud800"), begin.AddMilliseconds(3));
            call.SetEndTime(begin.AddMilliseconds(4).UtcDateTime);
            call.Dispose();
            TourActivitySource.RecordWait(run, WaitCauses.Input, begin.AddMilliseconds(4), begin.AddMilliseconds(5), worker: 1);
            TourActivitySource.RecordDraining(run, begin.AddMilliseconds(5));
            run.SetEndTime(begin.AddMilliseconds(6).UtcDateTime);
            run.Dispose();
        }

        Golden.Matches("trace-line.json", Settled(File.ReadAllText(Directory.GetFiles(_folder).Single()), times: false));
    }

    [Fact]
    public void Metrics_are_written_like_this()
    {
        using (Record())
            SampleRun.Measure();

        var line = File.ReadAllText(Directory.GetFiles(_folder, "*.metrics.jsonl").Single());
        Golden.Matches("metrics-line.json", Settled(line, times: true));
    }

    [Fact]
    public void Whatever_a_value_is_it_comes_back()
    {
        using (Record())
        {
            using var run = TourActivitySource.StartRun("pool", "r-1", maxWorkers: 2, jobs: 1)!;
            run.SetTag("text", "\0\u001f\"\\/\u2028é漢😀");
            run.SetTag("long", long.MinValue).SetTag("true", true).SetTag("nan", double.NaN).SetTag("tiny", 5e-324).SetTag("list", List);
        }

        var span = new TraceFolder(_folder).Find("last").Spans.Single();
        span.Text("text").ShouldBe("\0\u001f\"\\/\u2028é漢😀");
        span.Integer("long").ShouldBe(long.MinValue);
        span.Flag("true").ShouldBeTrue();
        span.Number("nan").ShouldBe(double.NaN);
        span.Number("tiny").ShouldBe(5e-324);
    }

    private TraceRecorder Record() => TraceRecorder.Start(new TraceRecorderOptions { Folder = _folder, ServiceName = "test" });

    /// <summary>Indented, and without what is new each time: ids, the process, the machine, the time of a measurement.</summary>
    private static string Settled(string line, bool times)
    {
        var json = JsonNode.Parse(line)!;
        Settle(json, times);
        return json.ToJsonString(Indented) + "\n";
    }

    private static void Settle(JsonNode? node, bool times)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                Settle(item, times);
        }

        if (node is not JsonObject fields)
            return;
        var isOurs = fields["key"]?.GetValue<string>() is { } key && OfThisProcess.Contains(key, StringComparer.Ordinal);
        foreach (var (name, value) in fields.ToList())
        {
            if (isOurs && name == "value")
                fields[name] = "<any>";
            else if (name is "traceId" or "spanId" or "parentSpanId")
                fields[name] = $"<{value!.GetValue<string>().Length} digits>";
            else if (times && name.EndsWith("UnixNano", StringComparison.Ordinal))
                fields[name] = "<any>";
            else
                Settle(value, times);
        }
    }
}
