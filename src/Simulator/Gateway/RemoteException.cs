using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Runtime;
using Orleans.Serialization;

namespace AsyncTour.Simulator.Runtime;

/// <summary>
/// Exceptions as JSON. Type, message, numbered members and inner exception cross. What is built on the other side is an exception that
/// this process knows: of the framework's core, of the model, or declared; anything else arrives as a fallback that names it.
/// </summary>
internal static class RemoteException
{
    private static readonly ConcurrentDictionary<string, Type?> _known = new(StringComparer.Ordinal);

    public static JsonObject Write(Exception exception)
    {
        var json = new JsonObject
        {
            ["type"] = exception.GetType().FullName,
            ["message"] = exception.Message,
            ["stack"] = exception.StackTrace,
        };
        if (Crossing.IsDeclared(exception.GetType()))
        {
            var members = new JsonObject();
            foreach (var member in SerializableMembers.Of(exception.GetType()))
                members[member.Name] = JsonSerializer.SerializeToNode(member.Field.GetValue(exception), member.Type, WireFormat.Options);
            json["members"] = members;
        }

        if (exception.InnerException is { } inner)
            json["inner"] = Write(inner);
        return json;
    }

    public static Exception Read(JsonElement json)
    {
        var name = json.GetProperty("type").GetString() ?? "";
        var message = json.GetProperty("message").GetString();
        var inner = json.TryGetProperty("inner", out var within) ? Read(within) : null;
        if (Known(name) is not { } type)
            return new UnavailableExceptionFallbackException(name, message, inner);

        // The type's own constructors may want anything; the base's takes what crossed, and runs on an instance that none of them made.
        var exception = (Exception)RuntimeHelpers.GetUninitializedObject(type);
        typeof(Exception).GetConstructor([typeof(string), typeof(Exception)])!.Invoke(exception, [message, inner]);
        if (json.TryGetProperty("members", out var members) && Crossing.IsDeclared(type))
        {
            foreach (var member in SerializableMembers.Of(type))
            {
                if (members.TryGetProperty(member.Name, out var value))
                    member.Field.SetValue(exception, value.Deserialize(member.Type, WireFormat.Options));
            }
        }

        return exception;
    }

    private static Type? Known(string name) => _known.GetOrAdd(name, static name =>
    {
        var type = typeof(object).Assembly.GetType(name) ?? typeof(Uri).Assembly.GetType(name) ?? typeof(OrleansException).Assembly.GetType(name)
            ?? GrainCatalog.Assemblies().Select(assembly => assembly.GetType(name)).FirstOrDefault(found => found is not null && Crossing.IsDeclared(found));
        return type is { IsAbstract: false, ContainsGenericParameters: false } && typeof(Exception).IsAssignableFrom(type) ? type : null;
    });
}
