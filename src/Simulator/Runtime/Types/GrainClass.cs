using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>One grain class: its name in identities, the interfaces it answers to, and how an instance is made.</summary>
internal sealed class GrainClass
{
    private readonly ConstructorInfo _constructor;
    private readonly Func<Activation, object?>[] _arguments;

    public GrainClass(Type type)
    {
        Type = type;
        Name = type.GetCustomAttribute<GrainTypeAttribute>()?.Name ?? GrainType.Create(DefaultName(type));
        Interfaces = [.. type.GetInterfaces().Where(GrainInterface.IsOne).OrderBy(one => one.FullName, StringComparer.Ordinal).Select(GrainInterface.Of)];
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute));
        Placement = type.GetCustomAttribute<PlacementAttribute>()?.PlacementStrategy ?? new RandomPlacement();
        CollectionAge = type.IsDefined(typeof(KeepAliveAttribute)) ? Timeout.InfiniteTimeSpan : type.GetCustomAttribute<CollectionAgeLimitAttribute>()?.AgeLimit;
        Refuse(type);
        _constructor = ChooseConstructor(type);
        _arguments = [.. _constructor.GetParameters().Select(ArgumentFor)];
    }

    public Type Type { get; }

    public GrainType Name { get; }

    public IReadOnlyList<GrainInterface> Interfaces { get; }

    public bool IsReentrant { get; }

    public PlacementStrategy Placement { get; }

    /// <summary>Null: the silo's; infinite: never.</summary>
    public TimeSpan? CollectionAge { get; }

    /// <summary>Whether it can be called at all: a class that answers to no interface cannot.</summary>
    public static bool IsOne(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && typeof(IGrainBase).IsAssignableFrom(type)
        && Array.Exists(type.GetInterfaces(), GrainInterface.IsOne);

    public object Create(Activation activation) =>
        _constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [.. _arguments.Select(argument => argument(activation))], null);

    private static string DefaultName(Type type)
    {
        var name = type.Name.ToLowerInvariant();
        return name.EndsWith("grain", StringComparison.Ordinal) && name.Length > "grain".Length ? name[..^"grain".Length] : name;
    }

    private static void Refuse(Type type)
    {
        if (type.IsDefined(typeof(StatelessWorkerAttribute)))
            throw new OrleansConfigurationException($"{type.Name} is a [StatelessWorker], which the Simulator does not do: use grains with keys of their own.");
        if (type.IsDefined(typeof(MayInterleaveAttribute)))
            throw new OrleansConfigurationException($"{type.Name} has [MayInterleave], which the Simulator does not do: use [AlwaysInterleave] or [ReadOnly] on methods, or [Reentrant].");
    }

    private static ConstructorInfo ChooseConstructor(Type type)
    {
        var all = type.GetConstructors();
        return Array.Find(all, one => one.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
            ?? (all.Length == 1 ? all[0] : null)
            ?? throw new OrleansConfigurationException($"{type.Name} has {all.Length} public constructors; a grain class has one, or marks one with [ActivatorUtilitiesConstructor].");
    }

    private static Func<Activation, object?> ArgumentFor(ParameterInfo parameter)
    {
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state)
            return PersistentState.Factory(parameter, state);
        if (parameter.ParameterType == typeof(IGrainContext))
            return static activation => activation;
        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
            return activation => activation.ActivationServices.GetRequiredKeyedService(parameter.ParameterType, keyed.Key);
        if (parameter.HasDefaultValue)
            return activation => activation.ActivationServices.GetService(parameter.ParameterType) ?? parameter.DefaultValue;
        return activation => activation.ActivationServices.GetRequiredService(parameter.ParameterType);
    }
}
