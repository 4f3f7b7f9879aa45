using AsyncTour.Grains;
using Orleans;
using Orleans.Persistence.Redis;
using Orleans.Runtime;
using Orleans.Storage;
using StackExchange.Redis;

namespace AsyncTour.Silo;

/// <summary>Redis as grains keep their state in it; what goes wrong there is told in one sentence that a user can be shown.</summary>
/// <param name="redis">Orleans' own.</param>
/// <param name="servers">Where Redis is, without its password.</param>
internal sealed class TellingStorage(IGrainStorage redis, string servers) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        TellAsync(redis.ReadStateAsync(stateName, grainId, grainState));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        TellAsync(redis.WriteStateAsync(stateName, grainId, grainState));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        TellAsync(redis.ClearStateAsync(stateName, grainId, grainState));

    private async Task TellAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (RedisStorageException e)
        {
            throw new StorageAwayException(Sentence(e.Message));
        }
    }

    // Orleans hands on what Redis' client threw as text alone.
    private string Sentence(string message) =>
        message.Contains(nameof(RedisTimeoutException), StringComparison.Ordinal) || message.Contains(nameof(RedisConnectionException), StringComparison.Ordinal)
            ? $"the cluster's Redis at {servers} does not answer: try again when it is back"
            : $"the cluster's Redis at {servers} could not do its part: {message.ReplaceLineEndings(" ")}";
}
