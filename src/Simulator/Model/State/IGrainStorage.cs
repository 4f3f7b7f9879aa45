using Orleans.Runtime;

namespace Orleans.Storage
{
    /// <summary>A store of grain states. A write or clear whose etag is stale throws <see cref="InconsistentStateException"/>.</summary>
    public interface IGrainStorage
    {
        Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);
    }
}

namespace Orleans
{
    /// <summary>One state on its way to or from a store.</summary>
    public interface IGrainState<T>
    {
        T State { get; set; }

        string? ETag { get; set; }

        bool RecordExists { get; set; }
    }

    public sealed class GrainState<T>(T state, string? eTag) : IGrainState<T>
    {
        public GrainState()
            : this(default!, null)
        {
        }

        public GrainState(T state)
            : this(state, null)
        {
        }

        public T State { get; set; } = state;

        public string? ETag { get; set; } = eTag;

        public bool RecordExists { get; set; }
    }
}
