using System.Collections.Concurrent;
using System.Diagnostics;
using Orleans.Runtime;

namespace AsyncTour.Conformance.Tests;

public sealed class ActivityTests(HonestCluster cluster) : IDisposable
{
    private static readonly ActivitySource _test = new("AsyncTour.Conformance");
    private readonly ConcurrentQueue<Activity> _stopped = new();
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = static source => source.Name.StartsWith("Microsoft.Orleans", StringComparison.Ordinal) || source.Name == "AsyncTour.Conformance",
        Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    [Fact]
    public async Task A_call_is_a_span_at_the_caller_and_its_child_at_the_callee()
    {
        var root = await Record(() => cluster.Grains.GetGrain<IContextGrain>(Signals.NewKey()).GetFarther("x"));
        var calls = Of(root, "Microsoft.Orleans.Application");
        calls.Select(span => (span.Kind, Name(span))).ShouldBe(
        [
            (ActivityKind.Server, "IContextGrain/Get"), (ActivityKind.Client, "IContextGrain/Get"),
            (ActivityKind.Server, "IContextGrain/GetFarther"), (ActivityKind.Client, "IContextGrain/GetFarther"),
        ]);
        calls[0].ParentSpanId.ShouldBe(calls[1].SpanId);
        calls[1].ParentSpanId.ShouldBe(calls[2].SpanId);
        calls[2].ParentSpanId.ShouldBe(calls[3].SpanId);
        calls[3].ParentSpanId.ShouldBe(root.SpanId);
    }

    [Fact]
    public async Task Spans_of_calls_carry_the_rpc_tags()
    {
        var key = Signals.NewKey();
        var root = await Record(() => cluster.Grains.GetGrain<IContextGrain>(key).GetFarther("x"));
        var inner = Of(root, "Microsoft.Orleans.Application")[0];
        inner.GetTagItem("rpc.system.name").ShouldBe("orleans");
        inner.GetTagItem("orleans.rpc.service").ShouldBe("AsyncTour.Conformance.Tests.IContextGrain");
        inner.GetTagItem("rpc.method").ShouldBe("AsyncTour.Conformance.Tests.IContextGrain/Get");
        inner.GetTagItem("orleans.rpc.target_id").ShouldBe($"context/{key}+");
        inner.GetTagItem("orleans.rpc.source_id").ShouldBe($"context/{key}");
    }

    [Fact]
    public async Task A_failed_call_is_marked_on_both_spans()
    {
        var root = await Record(() => cluster.Grains.GetGrain<IFailingGrain>(Signals.NewKey()).Throw("broken"));
        var calls = Of(root, "Microsoft.Orleans.Application");
        calls.ShouldAllBe(span => span.Status == ActivityStatusCode.Error && Equals(span.GetTagItem("exception.message"), "broken"));
    }

    [Fact]
    public async Task Coming_to_life_is_traced_under_the_call_that_caused_it()
    {
        var root = await Record(() => cluster.Grains.GetGrain<IContextGrain>(Signals.NewKey()).Get("x"));
        var lifecycle = Of(root, "Microsoft.Orleans.Lifecycle").Select(Name).ToList();
        lifecycle.ShouldContain("activate grain");
        lifecycle.ShouldContain("execute OnActivateAsync");
    }

    [Fact]
    public async Task Writing_state_is_traced_under_the_call_that_did_it()
    {
        var root = await Record(() => cluster.Grains.GetGrain<IStoredGrain>(Signals.NewKey()).Write("x"));
        Of(root, "Microsoft.Orleans.Storage").Select(Name).ShouldContain("write storage");
    }

    [Fact]
    public async Task A_server_span_begins_when_the_request_is_taken_from_the_queue()
    {
        var key = Signals.NewKey();
        var grain = cluster.Grains.GetGrain<IGateGrain>(key);
        var first = grain.Hold("first");
        await Signals.Of(key).When("first began");
        var released = default(DateTime);
        var root = await Record(async () =>
        {
            var second = grain.Hold("second");
            await Task.Yield();
            released = DateTime.UtcNow;
            Signals.Of(key).Raise("first may end");
            Signals.Of(key).Raise("second may end");
            await Task.WhenAll(first, second);
        });
        var server = Of(root, "Microsoft.Orleans.Application").Single(span => span.Kind == ActivityKind.Server);
        server.StartTimeUtc.ShouldBeGreaterThanOrEqualTo(released);
    }

    [Fact]
    public async Task A_cancelled_or_traced_call_leaves_the_callers_own_span_current()
    {
        var root = await Record(async () =>
        {
            var before = Activity.Current;
            var call = cluster.Grains.GetGrain<IContextGrain>(Signals.NewKey()).Get("x");
            Activity.Current.ShouldBe(before);
            await call;
            Activity.Current.ShouldBe(before);
        });
        RequestContext.Clear();
        root.ShouldNotBeNull();
    }

    public void Dispose() => _listener.Dispose();

    private static string Name(Activity span) => span.OperationName;

    /// <summary>Ended first comes first, so the innermost.</summary>
    private List<Activity> Of(Activity root, string source) =>
        [.. _stopped.Where(span => span.Source.Name == source && span.TraceId == root.TraceId)];

    private async Task<Activity> Record(Func<Task> action)
    {
        _listener.ActivityStopped = _stopped.Enqueue;
        ActivitySource.AddActivityListener(_listener);
        using var root = _test.StartActivity("test")!;
        try
        {
            await action();
        }
        catch (FormatException)
        {
            // The failing call is what the test looks at.
            root.SetStatus(ActivityStatusCode.Error);
        }

        return root;
    }
}
