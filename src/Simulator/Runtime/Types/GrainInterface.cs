using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>One grain interface: its methods, and the class of its references, built when first needed and kept for the process.</summary>
internal sealed class GrainInterface
{
    private static readonly ConcurrentDictionary<Type, Lazy<GrainInterface>> _all = new();
    private readonly Func<GrainId, IGrainLink, GrainInterfaceType, GrainReference> _makeReference;
    private readonly GrainInterfaceType _name;

    private GrainInterface(Type type)
    {
        Type = type;
        _name = GrainInterfaceType.Create(type.FullName!);
        Methods = [.. Declared(type).Select(method => MethodCompiler.Compile(type, method))];
        _makeReference = ProxyBuilder.Build(type, Methods);
    }

    public Type Type { get; }

    /// <summary>Its own methods and those of the interfaces it extends.</summary>
    public IReadOnlyList<GrainMethod> Methods { get; }

    /// <exception cref="OrleansConfigurationException">The interface asks for what this engine does not do.</exception>
    public static GrainInterface Of(Type type) => _all.GetOrAdd(type, static type => new Lazy<GrainInterface>(() => new GrainInterface(type))).Value;

    public GrainReference MakeReference(GrainId id, IGrainLink link) => _makeReference(id, link, _name);

    /// <summary>Whether it is an interface that users call grains by, not one of the markers that such interfaces extend.</summary>
    public static bool IsOne(Type type) =>
        type.IsInterface && typeof(IAddressable).IsAssignableFrom(type)
        && type.Namespace != typeof(Orleans.IGrain).Namespace && type != typeof(IAddressable);

    private static IEnumerable<MethodInfo> Declared(Type type) =>
        type.GetInterfaces().Where(IsOne).Prepend(type)
            .SelectMany(one => one.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .OrderBy(method => method.MetadataToken);
}
