using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Numerics;
using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>Which types may cross calls, and which of those never change and so cross as they are.</summary>
internal static class Crossing
{
    private static readonly ConcurrentDictionary<Type, bool> _immutable = new();

    private static readonly HashSet<Type> _values =
    [
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly), typeof(TimeOnly),
        typeof(Guid), typeof(Uri), typeof(Version), typeof(BigInteger), typeof(Int128), typeof(UInt128), typeof(Half), typeof(IPAddress),
        typeof(GrainId), typeof(GrainType), typeof(IdSpan), typeof(GrainInterfaceType), typeof(ActivationId), typeof(SiloAddress),
        typeof(NoArguments), typeof(Nothing), typeof(CancellationToken),
    ];

    private static readonly HashSet<Type> _frozen =
    [
        typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableDictionary<,>), typeof(ImmutableHashSet<>), typeof(ImmutableSortedDictionary<,>),
        typeof(Nullable<>), typeof(KeyValuePair<,>), typeof(Tuple<>), typeof(Tuple<,>), typeof(Tuple<,,>), typeof(Tuple<,,,>),
    ];

    private static readonly HashSet<Type> _collections =
    [
        typeof(List<>), typeof(Dictionary<,>), typeof(HashSet<>), typeof(Queue<>), typeof(Stack<>), typeof(SortedDictionary<,>), typeof(SortedSet<>),
        typeof(IEnumerable<>), typeof(IReadOnlyCollection<>), typeof(IReadOnlyList<>), typeof(ICollection<>), typeof(IList<>),
        typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>), typeof(ISet<>), typeof(IReadOnlySet<>),
    ];

    public static bool IsCollection(Type type) => type.IsGenericType && _collections.Contains(type.GetGenericTypeDefinition());

    public static bool IsDeclared(Type type) => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false);

    public static bool IsTuple(Type type) => type is { IsValueType: true, IsGenericType: true } && type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal);

    /// <summary>Whether nothing reachable from a value of the type can change.</summary>
    public static bool IsImmutable(Type type) => _immutable.GetOrAdd(type, static type =>
        type.IsPrimitive || type.IsEnum || _values.Contains(type)
        || typeof(IAddressable).IsAssignableFrom(type)
        || typeof(Exception).IsAssignableFrom(type)
        || type.IsDefined(typeof(ImmutableAttribute), inherit: false)
        || (type.IsGenericType && (_frozen.Contains(type.GetGenericTypeDefinition()) || IsTuple(type)) && Array.TrueForAll(type.GetGenericArguments(), IsImmutable)));

    /// <summary>The first type, in and under this one, that may not cross calls; null when all may.</summary>
    public static Type? FindForeign(Type type) => FindForeign(type, []);

    private static Type? FindForeign(Type type, HashSet<Type> seen)
    {
        // What an object or an interface holds is found out when it is met.
        if (!seen.Add(type) || type.IsPrimitive || type.IsEnum || _values.Contains(type) || type == typeof(object)
            || typeof(IAddressable).IsAssignableFrom(type) || typeof(Exception).IsAssignableFrom(type))
            return null;
        if (type.IsArray)
            return type.GetArrayRank() == 1 ? FindForeign(type.GetElementType()!, seen) : type;
        if (IsDeclared(type))
            return SerializableMembers.Of(type).Select(member => FindForeign(member.Type, seen)).FirstOrDefault(culprit => culprit is not null);
        if (type.IsGenericType && (IsCollection(type) || IsTuple(type) || _frozen.Contains(type.GetGenericTypeDefinition())))
            return type.GetGenericArguments().Select(argument => FindForeign(argument, seen)).FirstOrDefault(culprit => culprit is not null);
        return type.IsInterface || type.IsAbstract || type.IsDefined(typeof(ImmutableAttribute), inherit: false) ? null : type;
    }
}
