using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orleans;

namespace AsyncTour.Simulator.Runtime;

/// <summary>How a <c>[GenerateSerializer]</c> type is written: its numbered members, by name.</summary>
internal static class DeclaredContract
{
    private static readonly ConcurrentDictionary<Assembly, Type[]> _declared = new();

    public static JsonTypeInfo Of(Type type, JsonSerializerOptions options)
    {
        var info = JsonTypeInfo.CreateJsonTypeInfo(type, options);
        Fill(info, type, SerializableMembers.Of(type));
        var derived = Derived(type).ToList();
        if (derived.Count > 0)
            info.PolymorphismOptions = Polymorphism(type, derived);
        return info;
    }

    public static JsonTypeInfo OfTuple(Type type, JsonSerializerOptions options)
    {
        var info = JsonTypeInfo.CreateJsonTypeInfo(type, options);
        Fill(info, type, [.. type.GetFields(BindingFlags.Public | BindingFlags.Instance).Select(field => new SerializableMember(0, field.Name, field, field.FieldType, false))]);
        return info;
    }

    private static void Fill(JsonTypeInfo info, Type type, IReadOnlyList<SerializableMember> members)
    {
        if (!type.IsAbstract)
            info.CreateObject = Maker(type);
        foreach (var member in members)
        {
            var property = info.CreateJsonPropertyInfo(member.Type, member.Name);
            property.Get = Getter(member.Field);
            property.Set = member.Field.SetValue;
            info.Properties.Add(property);
        }
    }

    private static Func<object> Maker(Type type) =>
        type.GetConstructor(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance, Type.EmptyTypes) is { } constructor
            ? Expression.Lambda<Func<object>>(Expression.Convert(Expression.New(constructor), typeof(object))).Compile()
            : () => RuntimeHelpers.GetUninitializedObject(type);

    private static Func<object, object?> Getter(FieldInfo field)
    {
        var instance = Expression.Parameter(typeof(object));
        var value = Expression.Field(Expression.Convert(instance, field.DeclaringType!), field);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(value, typeof(object)), instance).Compile();
    }

    private static JsonPolymorphismOptions Polymorphism(Type type, List<Type> derived)
    {
        var options = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "$type" };
        foreach (var one in derived.Append(type).Where(one => !one.IsAbstract))
            options.DerivedTypes.Add(new JsonDerivedType(one, one.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias ?? one.FullName!));
        return options;
    }

    /// <summary>The declared types of the same assembly that extend this one: a closed set, known before any input is read.</summary>
    private static IEnumerable<Type> Derived(Type type)
    {
        if (type.IsSealed)
            return [];
        var declared = _declared.GetOrAdd(type.Assembly, static assembly => [.. assembly.GetTypes().Where(Crossing.IsDeclared)]);
        return declared.Where(one => one.IsSubclassOf(type));
    }
}
