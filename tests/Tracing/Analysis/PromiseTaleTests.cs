using AsyncTour.Tracing.Analysis;
using AsyncTour.Tracing.Conventions;
using AsyncTour.Tracing.Reading;
using AsyncTour.Tracing.Recording;

namespace AsyncTour.Tracing.Tests.Analysis;

public sealed class PromiseTaleTests
{
    [Fact]
    public async Task A_wait_is_linked_to_the_settlement_that_ended_it_across_traces()
    {
        var folder = Directory.CreateTempSubdirectory("asynctour-tale-").FullName;
        await using (TraceRecorder.Start(new TraceRecorderOptions { Exporter = TraceExporter.File, Folder = folder }))
        {
            string span;
            using (var settlement = PromiseSpans.StartSettle("p", "done", "alice"))
            {
                span = settlement!.Id!;
                PromiseSpans.Settled(settlement, won: true);
            }

            using (var late = PromiseSpans.StartSettle("p", "failed", "bob"))
                PromiseSpans.Settled(late, won: false);
            using (var wait = PromiseSpans.StartWait("p", "carol"))
                PromiseSpans.Waited(wait, "done", "alice", span);
            using (var other = PromiseSpans.StartWait("q", "dora"))
                PromiseSpans.Waited(other, "done", null, null);
        }

        var tale = PromiseTale.Of(new TraceFolder(folder), "p");

        tale.Settlements.Select(static s => (s.By, s.State, s.Won)).ShouldBe([("alice", "done", true), ("bob", "failed", false)]);
        var found = tale.Waits.ShouldHaveSingleItem();
        (found.By, found.EndedBy?.By).ShouldBe(("carol", "alice"));
        Directory.Delete(folder, recursive: true);
    }
}
