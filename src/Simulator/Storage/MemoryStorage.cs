using System.Collections.Concurrent;
using System.Globalization;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace AsyncTour.Simulator.Runtime;

/// <summary>Keeps states in memory, copied in and out, as long as the process lives.</summary>
internal sealed class MemoryStorage : IGrainStorage
{
    public const string DefaultName = "Default";

    private readonly ConcurrentDictionary<(GrainId Grain, string Name), Record> _records = new();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_records.TryGetValue((grainId, stateName), out var record))
        {
            grainState.State = Copy((T)record.State!);
            grainState.ETag = record.Etag;
            grainState.RecordExists = true;
        }
        else
        {
            Reset(grainState);
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (grainId, stateName);
        var before = Check(key, grainState.ETag);
        var after = new Record(Copy(grainState.State), (before?.Version ?? 0) + 1);
        var written = before is null ? _records.TryAdd(key, after) : _records.TryUpdate(key, after, before);
        if (!written)
            throw Stale(key, grainState.ETag);
        grainState.ETag = after.Etag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (grainId, stateName);
        if (Check(key, grainState.ETag) is { } before && !_records.TryRemove(new(key, before)))
            throw Stale(key, grainState.ETag);
        Reset(grainState);
        return Task.CompletedTask;
    }

    private static void Reset<T>(IGrainState<T> grainState)
    {
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private static T Copy<T>(T state) => States<T>.MustCopy.Value ? CopierOf<T>.Copy(state, new Copying()) : state;

    private Record? Check((GrainId, string) key, string? etag)
    {
        var record = _records.GetValueOrDefault(key);
        return record?.Etag == etag ? record : throw Stale(key, etag);
    }

    private InconsistentStateException Stale((GrainId Grain, string Name) key, string? etag) =>
        new($"State {key.Name} of {key.Grain} was written by another since it was read.", _records.GetValueOrDefault(key)?.Etag, etag);

    // What a type declares is looked through once, not at each write.
    private static class States<T>
    {
        public static readonly Lazy<bool> MustCopy = new(static () => DeepCopier.MustCopy(typeof(T), "A stored state"));
    }

    private sealed record Record(object? State, long Version)
    {
        public string Etag => Version.ToString(CultureInfo.InvariantCulture);
    }
}
