using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace AsyncTour.Conformance.Tests;

public interface IStoredGrain : IGrainWithStringKey
{
    Task<string?> Write(string text);

    Task<Reading> Read();

    Task Clear();

    Task WriteByBoth();

    Task Forget();

    Task ChangeWithoutWriting();
}

[GenerateSerializer]
[Alias("conformance.reading")]
public sealed record Reading(string Text, bool Exists, bool HasEtag);

/// <summary>Two hands on one record: what one writes makes the other stale.</summary>
public sealed class StoredGrain(
    [PersistentState("note", "store")] IPersistentState<Note> mine,
    [PersistentState("note", "store")] IPersistentState<Note> theirs) : Grain, IStoredGrain
{
    public async Task<string?> Write(string text)
    {
        mine.State.Text = text;
        await mine.WriteStateAsync();
        return mine.Etag;
    }

    public async Task<Reading> Read()
    {
        await mine.ReadStateAsync();
        return new Reading(mine.State.Text, mine.RecordExists, mine.Etag is not null);
    }

    public Task Clear() => mine.ClearStateAsync();

    public async Task WriteByBoth()
    {
        mine.State.Text = "mine";
        await mine.WriteStateAsync();
        theirs.State.Text = "theirs";
        await theirs.WriteStateAsync();
    }

    public Task Forget()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task ChangeWithoutWriting()
    {
        mine.State.Text = "never written";
        return Task.CompletedTask;
    }
}

public sealed class StorageTests(HonestCluster cluster)
{
    private readonly IStoredGrain _grain = cluster.Grains.GetGrain<IStoredGrain>(Signals.NewKey());

    [Fact]
    public async Task Before_the_first_write_there_is_a_fresh_state_and_no_record() =>
        (await _grain.Read()).ShouldBe(new Reading("", Exists: false, HasEtag: false));

    [Fact]
    public async Task What_was_written_is_read_by_the_next_activation_and_nothing_else_is()
    {
        var first = await _grain.Write("one");
        (await _grain.Write("two")).ShouldNotBe(first);
        await _grain.ChangeWithoutWriting();
        await _grain.Forget();
        (await _grain.Read()).ShouldBe(new Reading("two", Exists: true, HasEtag: true));
    }

    [Fact]
    public async Task A_cleared_state_is_fresh_and_without_a_record()
    {
        await _grain.Write("one");
        await _grain.Clear();
        var reading = await _grain.Read();
        (reading.Text, reading.Exists).ShouldBe(("", false));
        await _grain.Write("again");
        (await _grain.Read()).Text.ShouldBe("again");
    }

    [Fact]
    public async Task A_stale_etag_throws_and_the_first_write_stays()
    {
        await Should.ThrowAsync<InconsistentStateException>(_grain.WriteByBoth);
        (await _grain.Read()).Text.ShouldBe("mine");
    }
}
