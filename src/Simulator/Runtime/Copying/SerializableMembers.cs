using System.Reflection;
using Orleans;

namespace AsyncTour.Simulator.Runtime;

/// <summary>One member that crosses: its number, and the field that holds it.</summary>
internal sealed record SerializableMember(uint Id, string Name, FieldInfo Field, Type Type, bool Immutable);

/// <summary>
/// The members of a <c>[GenerateSerializer]</c> type that cross: those with <c>[Id]</c>, and a record's positional parameters. Others
/// stay behind, as they do in Orleans.
/// </summary>
internal static class SerializableMembers
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<SerializableMember> Of(Type type)
    {
        var members = new List<SerializableMember>();
        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            if (Crossing.IsDeclared(level))
                members.AddRange(DeclaredBy(level));
        }

        return members;
    }

    private static IEnumerable<SerializableMember> DeclaredBy(Type type)
    {
        foreach (var field in type.GetFields(Declared))
        {
            if (field.GetCustomAttribute<IdAttribute>() is { } id)
                yield return new SerializableMember(id.Id, field.Name, field, field.FieldType, field.IsDefined(typeof(ImmutableAttribute)));
        }

        var positional = PositionalNames(type);
        foreach (var property in type.GetProperties(Declared))
        {
            var id = property.GetCustomAttribute<IdAttribute>()?.Id;
            var position = positional.IndexOf(property.Name);
            if (id is null && position < 0)
                continue;
            if (type.GetField($"<{property.Name}>k__BackingField", Declared) is { } field)
                yield return new SerializableMember(id ?? (uint)position, property.Name, field, property.PropertyType, property.IsDefined(typeof(ImmutableAttribute)));
        }
    }

    /// <summary>A record's constructor parameters, which are also properties; none for other types.</summary>
    private static List<string> PositionalNames(Type type)
    {
        var isRecord = type.GetMethod("<Clone>$") is not null || (type.IsValueType && type.GetMethod("PrintMembers", Declared) is not null);
        if (!isRecord)
            return [];
        var longest = type.GetConstructors(Declared).OrderByDescending(one => one.GetParameters().Length).FirstOrDefault();
        return [.. (longest?.GetParameters() ?? []).Select(parameter => parameter.Name!)];
    }
}
