using Orleans.Core;

namespace Orleans.Core
{
    /// <summary>What one grain keeps under one name in one store.</summary>
    public interface IStorage
    {
        /// <summary>Which version was last read or written; null before there is one.</summary>
        string? Etag { get; }

        /// <summary>Whether the store had a record when last asked.</summary>
        bool RecordExists { get; }

        /// <exception cref="Orleans.Storage.InconsistentStateException">Somebody else wrote since.</exception>
        Task ClearStateAsync();

        /// <exception cref="Orleans.Storage.InconsistentStateException">Somebody else wrote since.</exception>
        Task WriteStateAsync();

        Task ReadStateAsync();

        Task ClearStateAsync(CancellationToken cancellationToken);

        Task WriteStateAsync(CancellationToken cancellationToken);

        Task ReadStateAsync(CancellationToken cancellationToken);
    }

    public interface IStorage<TState> : IStorage
    {
        TState State { get; set; }
    }
}

namespace Orleans.Runtime
{
    /// <summary>A grain's stored state. It is read before <c>OnActivateAsync</c>; a write is done when its task is.</summary>
    public interface IPersistentState<TState> : IStorage<TState>;

    /// <summary>Which state of which store a constructor parameter of type <see cref="IPersistentState{TState}"/> is.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
    {
        public string StateName { get; } = stateName;

        /// <summary>The store's name; null: the default store.</summary>
        public string? StorageName { get; } = storageName;
    }
}
