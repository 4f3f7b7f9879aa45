using AsyncTour.Tracing.Analysis;
using AsyncTour.Tracing.Reading;
using AsyncTour.Tracing.Rendering;

namespace AsyncTour.Tracing.Tests.Reading;

public sealed class TraceFolderTests : IDisposable
{
    private const string Older = "00000000000000000000000000000a01";
    private const string Newer = "00000000000000000000000000000b02";
    private readonly string _folder = Directory.CreateTempSubdirectory("asynctour-traces-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Spans_of_one_trace_are_gathered_over_files_and_traces_are_listed_newest_first()
    {
        Write("silo.traces.jsonl", Line(Older, "01", "run pool", "", 1000, ("asynctour.run.id", "one"), ("asynctour.run.strategy", "pool")));
        Write("other.traces.jsonl", Line(Older, "02", "job sleep", "01", 1100), Line(Newer, "03", "run wait-all", "", 5000, ("asynctour.run.id", "two")));

        var list = new TraceFolder(_folder).List();

        list.Select(static t => t.RunId).ShouldBe(["two", "one"]);
        (list[1].Strategy, list[1].Jobs, list[1].Spans, list[1].Runs).ShouldBe(("pool", 1, 2, 1));
    }

    [Theory]
    [InlineData("last", Newer)]
    [InlineData("two", Newer)]
    [InlineData("one", Older)]
    [InlineData(Older, Older)]
    public void A_trace_is_found_by_last_by_run_or_by_id(string which, string traceId)
    {
        Write("silo.traces.jsonl", Line(Older, "01", "run pool", "", 1000, ("asynctour.run.id", "one")), Line(Newer, "03", "run pool", "", 5000, ("asynctour.run.id", "two")));

        new TraceFolder(_folder).Find(which).TraceId.ShouldBe(traceId);
    }

    [Fact]
    public void A_file_is_found_by_its_path_from_any_folder()
    {
        Write("copy.json", Line(Older, "01", "run pool", "", 1000, ("asynctour.run.id", "one")));

        new TraceFolder("nowhere").Find(Path.Combine(_folder, "copy.json")).TraceId.ShouldBe(Older);
    }

    [Fact]
    public void What_cannot_be_found_is_said_in_one_sentence()
    {
        Should.Throw<TraceUnreadableException>(() => new TraceFolder(_folder).Find("last")).Message.ShouldStartWith("There are no traces in");
        Write("silo.traces.jsonl", Line(Older, "01", "run pool", "", 1000), Line(Newer, "03", "run pool", "", 5000));
        Should.Throw<TraceUnreadableException>(() => new TraceFolder(_folder).Find("nope")).Message.ShouldContain("'trace list' shows what");
        Should.Throw<TraceUnreadableException>(() => new TraceFolder(_folder).Find("0000")).Message.ShouldStartWith("2 traces fit 0000");
    }

    [Fact]
    public void A_file_that_is_no_trace_is_refused_in_one_sentence()
    {
        Write("notes.txt", "hello", "{\"a\":1}");

        Should.Throw<TraceUnreadableException>(() => new TraceFolder(_folder).Find(Path.Combine(_folder, "notes.txt"))).Message.ShouldContain("There is no run in");
    }

    [Fact]
    public void Fields_in_any_order_numbers_for_strings_and_unknown_fields_are_all_read()
    {
        Write(
            "foreign.jsonl",
            """{"later":{"x":[1,{}]},"resourceSpans":[{"schemaUrl":"u","scopeSpans":[{"spans":[{"attributes":[{"value":{"intValue":7},"key":"n"},{"key":"l","value":{"arrayValue":{"values":[{"stringValue":"a"},{"intValue":"2"}]}}}],"name":"run pool","spanId":"00000000000000AA","traceId":"00000000000000000000000000000C03","startTimeUnixNano":5,"endTimeUnixNano":"9","droppedAttributesCount":0}],"scope":{"name":"AsyncTour"}}],"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"svc"}}]}}]}""");

        var span = new TraceFolder(_folder).Find("last").Spans.Single();

        (span.Scope, span.Service, span.Integer("n"), span.StartNanos, span.EndNanos).ShouldBe(("AsyncTour", "svc", 7, 5, 9));
    }

    [Fact]
    public void A_trace_of_several_runs_keeps_their_jobs_apart()
    {
        Write(
            "silo.traces.jsonl",
            Line(Older, "01", "run sequential", "", 1000, ("asynctour.run.id", "one")),
            Line(Older, "02", "run pool", "", 2000, ("asynctour.run.id", "two")),
            Line(Older, "11", "job sleep", "01", 1100),
            Line(Older, "12", "IWorkerGrain/Run", "02", 2050),
            Line(Older, "13", "job sleep", "12", 2100),
            Line(Older, "14", "job sleep", "12", 2200));

        RunTimeline.All(new TraceFolder(_folder).Find("one")).Select(static r => (r.RunId, r.Jobs.Count)).ShouldBe([("one", 1), ("two", 2)]);
    }

    [Fact]
    public void A_run_that_was_taken_up_again_is_one_story_under_its_own_id()
    {
        Write(
            "crashed.traces.jsonl",
            Line(Older, "12", "IWorkerGrain/Run", "99", 990),
            Job(Older, "13", "12", 1000, index: 0),
            Job(Older, "14", "12", 1100, index: 1));
        File.SetLastWriteTimeUtc(Path.Combine(_folder, "crashed.traces.jsonl"), DateTime.UnixEpoch);
        Write(
            "again.traces.jsonl",
            Line(Newer, "02", "run pool", "", 5000, ("asynctour.run.id", "resumed-run"), ("asynctour.run.max_workers", 1), ("asynctour.run.jobs", 3), ("asynctour.run.earlier", 1)),
            Job(Newer, "21", "02", 5000, index: 1),
            Job(Newer, "22", "02", 5050, index: 2));

        var folder = new TraceFolder(_folder);
        var whole = folder.Find("resumed-run");

        (whole.TraceId, whole.EarlierTraces.Single(), whole.SkippedLines).ShouldBe((Newer, Older, 0));
        RunTimeline.All(whole).Single().Jobs.Select(static j => j.Index).ShouldBe([0, 1, 1, 2]);
        RunView.Lines(RunTimeline.Of(whole))[0].ShouldEndWith("trace 00000000, taken up again after 00000000");
        Audit.Of(whole).Breaches.ShouldBeEmpty();
        folder.Find("last").EarlierTraces.ShouldBeEmpty();
        RunTimeline.Of(folder.Find(Newer)).Jobs.Count.ShouldBe(2);
    }

    private void Write(string file, params string[] lines) => File.WriteAllLines(Path.Combine(_folder, file), lines);

    private static string Job(string trace, string span, string parent, long startMicros, int index) => Line(
        trace, span, "job sleep", parent, startMicros,
        ("asynctour.run.id", "resumed-run"), ("asynctour.job.index", index), ("asynctour.job.worker", 0), ("asynctour.job.attempt", 1), ("asynctour.job.status", "succeeded"));

    private static string Line(string trace, string span, string name, string parent, long startMicros, params (string Key, object Value)[] attributes)
    {
        var scope = name.StartsWith('I') ? "Microsoft.Orleans.Application" : "AsyncTour";
        var parentId = parent.Length > 0 ? $"\"parentSpanId\":\"{parent.PadLeft(16, '0')}\"," : "";
        var list = string.Join(',', attributes.Select(static a => $$$"""{"key":"{{{a.Key}}}","value":{"{{{(a.Value is int ? "intValue" : "stringValue")}}}":"{{{a.Value}}}"}}"""));
        return $$$"""{"resourceSpans":[{"resource":{},"scopeSpans":[{"scope":{"name":"{{{scope}}}"},"spans":[{"traceId":"{{{trace}}}","spanId":"{{{span.PadLeft(16, '0')}}}",{{{parentId}}}"name":"{{{name}}}","kind":1,"startTimeUnixNano":"{{{startMicros}}}000","endTimeUnixNano":"{{{startMicros + 50}}}000","attributes":[{{{list}}}]}]}]}]}""";
    }
}
