using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace AsyncTour.Grains.Tests.Promises;

/// <summary>A disk that outlives the silos that write to it, and that can be told to fail.</summary>
public sealed class TestStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string, GrainId), (string Json, int Version)> _records = new();

    /// <summary>What each write waits for before it is on the disk; what it throws, the write throws.</summary>
    public Func<Task> BeforeWrite { get; set; } = static () => Task.CompletedTask;

    /// <summary>The same, when it is on the disk and nobody has been told.</summary>
    public Func<Task> AfterWrite { get; set; } = static () => Task.CompletedTask;

    /// <summary>Told that a record is gone.</summary>
    public Action Cleared { get; set; } = static () => { };

    public int Count => _records.Count;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_records.TryGetValue((stateName, grainId), out var record))
        {
            grainState.State = JsonSerializer.Deserialize<T>(record.Json)!;
            grainState.ETag = Etag(record.Version);
            grainState.RecordExists = true;
        }

        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await BeforeWrite();
        var version = _records.TryGetValue((stateName, grainId), out var record) ? record.Version : 0;
        if (version != 0 && grainState.ETag != Etag(version))
        {
            throw new InconsistentStateException("written by another");
        }

        _records[(stateName, grainId)] = (JsonSerializer.Serialize(grainState.State), version + 1);
        await AfterWrite();
        grainState.ETag = Etag(version + 1);
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _records.TryRemove((stateName, grainId), out _);
        grainState.ETag = null;
        grainState.RecordExists = false;
        Cleared();
        return Task.CompletedTask;
    }

    private static string Etag(int version) => version.ToString(CultureInfo.InvariantCulture);
}
