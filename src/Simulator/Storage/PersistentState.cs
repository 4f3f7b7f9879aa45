using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Diagnostics;
using Orleans.Runtime;
using Orleans.Storage;

namespace AsyncTour.Simulator.Runtime;

/// <summary>Recognises constructor parameters that are stored states.</summary>
internal static class PersistentState
{
    public static Func<Activation, object?> Factory(ParameterInfo parameter, PersistentStateAttribute attribute)
    {
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            throw new OrleansConfigurationException($"Parameter {parameter.Name} of {parameter.Member.DeclaringType!.Name} has [PersistentState] and is {type.Name}; it must be IPersistentState<T>.");
        var state = typeof(PersistentState<>).MakeGenericType(type.GetGenericArguments());
        return activation => Activator.CreateInstance(state, activation, attribute.StateName, attribute.StorageName);
    }
}

/// <summary>One state of one activation, and the store it is kept in.</summary>
internal sealed class PersistentState<T> : IPersistentState<T>, IStoredState
{
    private readonly Activation _activation;
    private readonly IGrainStorage _store;
    private readonly string _name;
    private readonly string _storeName;
    private readonly GrainState<T> _state = new(Activator.CreateInstance<T>());

    public PersistentState(Activation activation, string name, string? storeName)
    {
        _activation = activation;
        _name = name;
        _storeName = storeName ?? MemoryStorage.DefaultName;
        _store = activation.ActivationServices.GetKeyedService<IGrainStorage>(_storeName)
            ?? throw new OrleansConfigurationException($"{activation.Class.Type.Name} keeps its state {name} in storage {_storeName}, which is not configured: add it to the silo, as by AddMemoryGrainStorage(\"{_storeName}\").");
        activation.AddState(this);
    }

    public T State
    {
        get => _state.State;
        set => _state.State = value;
    }

    public string? Etag => _state.ETag;

    public bool RecordExists => _state.RecordExists;

    public Task ReadFirstAsync() => ReadStateAsync();

    public Task ReadStateAsync() => Traced("read storage", static state => state._store.ReadStateAsync(state._name, state._activation.GrainId, state._state));

    public Task WriteStateAsync() => Traced("write storage", static state => state._store.WriteStateAsync(state._name, state._activation.GrainId, state._state));

    public Task ClearStateAsync() => Traced("clear storage", static state => state._store.ClearStateAsync(state._name, state._activation.GrainId, state._state));

    public Task ReadStateAsync(CancellationToken cancellationToken) => Unless(cancellationToken, ReadStateAsync);

    public Task WriteStateAsync(CancellationToken cancellationToken) => Unless(cancellationToken, WriteStateAsync);

    public Task ClearStateAsync(CancellationToken cancellationToken) => Unless(cancellationToken, ClearStateAsync);

    private static Task Unless(CancellationToken token, Func<Task> action) => token.IsCancellationRequested ? Task.FromCanceled(token) : action();

    private async Task Traced(string name, Func<PersistentState<T>, Task> action)
    {
        using var activity = ActivitySources.Storage.HasListeners() ? ActivitySources.Storage.StartActivity(name, ActivityKind.Client) : null;
        activity?.SetTag("orleans.storage.provider", _storeName);
        activity?.SetTag("orleans.storage.state.name", _name);
        activity?.SetTag("orleans.storage.state.type", typeof(T).Name);
        activity?.SetTag("orleans.grain.id", _activation.GrainId.ToString());
        await action(this);
    }
}
