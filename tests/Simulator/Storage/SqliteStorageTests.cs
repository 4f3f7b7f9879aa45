using AsyncTour.Simulator.Runtime;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace AsyncTour.Simulator.Tests;

public sealed class SqliteStorageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("asynctour-store").FullName;
    private readonly GrainId _grain = GrainId.Create("account", "7");

    private string PathOfStore => Path.Combine(_folder, "store.db");

    [Fact]
    public async Task What_was_written_is_read_after_the_store_was_opened_again()
    {
        using (var store = new SqliteStorage(PathOfStore))
            await store.WriteStateAsync("sum", _grain, new GrainState<SumState>(new SumState { Total = 41 }));
        using var again = new SqliteStorage(PathOfStore);
        var read = new GrainState<SumState>();
        await again.ReadStateAsync("sum", _grain, read);
        (read.State.Total, read.RecordExists).ShouldBe((41, true));
        read.State.Total++;
        await again.WriteStateAsync("sum", _grain, read);
    }

    [Fact]
    public async Task A_stale_write_throws_and_changes_nothing()
    {
        using var store = new SqliteStorage(PathOfStore);
        var mine = new GrainState<SumState>(new SumState { Total = 1 });
        var theirs = new GrainState<SumState>(new SumState { Total = 2 });
        await store.WriteStateAsync("sum", _grain, mine);
        await Should.ThrowAsync<InconsistentStateException>(() => store.WriteStateAsync("sum", _grain, theirs));
        await Should.ThrowAsync<InconsistentStateException>(() => store.ClearStateAsync("sum", _grain, theirs));
        await store.ReadStateAsync("sum", _grain, theirs);
        theirs.State.Total.ShouldBe(1);
    }

    [Fact]
    public async Task A_cleared_record_is_gone_and_its_old_etag_never_comes_back()
    {
        using var store = new SqliteStorage(PathOfStore);
        var state = new GrainState<SumState>(new SumState());
        await store.WriteStateAsync("sum", _grain, state);
        var old = state.ETag;
        await store.ClearStateAsync("sum", _grain, state);
        (state.RecordExists, state.ETag).ShouldBe((false, null));
        await store.WriteStateAsync("sum", _grain, state);
        state.ETag.ShouldNotBe(old);
    }

    [Fact]
    public async Task Many_writes_at_once_are_all_kept()
    {
        using var store = new SqliteStorage(PathOfStore);
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(i =>
            store.WriteStateAsync("sum", GrainId.Create("account", $"{i}"), new GrainState<SumState>(new SumState { Total = i }))));
        var read = new GrainState<SumState>();
        await store.ReadStateAsync("sum", GrainId.Create("account", "999"), read);
        read.State.Total.ShouldBe(999);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
