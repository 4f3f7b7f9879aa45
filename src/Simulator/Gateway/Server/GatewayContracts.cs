using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>The interfaces that may be called, by name: a closed set, made before any request is read.</summary>
internal sealed class GatewayContracts(GrainCatalog catalog, JsonSerializerOptions json)
{
    private readonly ByName<GatewayContract> _byName =
        new(catalog.Interfaces.Select(one => KeyValuePair.Create(one.Type.FullName!, new GatewayContract(one, json))));

    public GatewayContract Find(ReadOnlySpan<char> escapedName) => _byName.Find(escapedName)
        ?? throw ProblemException.Unknown($"No grain here answers to an interface named '{escapedName}'.");
}

/// <summary>One interface, as requests name it, its keys and its methods.</summary>
internal sealed class GatewayContract(GrainInterface contract, JsonSerializerOptions json)
{
    private readonly Lazy<string> _fingerprint = new(() => GatewayProtocol.ContractOf(contract));
    private readonly ByName<GatewayMethod[]> _methods =
        new(contract.Methods.GroupBy(one => one.WireName, StringComparer.Ordinal).Select(one => KeyValuePair.Create(one.Key, one.Select(method => new GatewayMethod(method, json)).ToArray())));

    public GrainInterface Interface => contract;

    public Type Type => contract.Type;

    public string Fingerprint => _fingerprint.Value;

    /// <summary>The methods of a name: more than one when they differ by how many arguments they take.</summary>
    public GatewayMethod[] Find(ReadOnlySpan<char> escapedMethod) => _methods.Find(escapedMethod)
        ?? throw ProblemException.Unknown($"{Type.Name} has no method named '{escapedMethod}'.");

    /// <exception cref="FormatException">It is no key of this interface.</exception>
    public IdSpan Key(string text)
    {
        if (typeof(IGrainWithIntegerKey).IsAssignableFrom(Type))
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? GrainKey.Of(number) : throw new FormatException($"'{text}' is not a key of {Type.Name}: a whole number of 64 bits.");
        if (typeof(IGrainWithGuidKey).IsAssignableFrom(Type))
            return Guid.TryParse(text, out var guid) ? GrainKey.Of(guid) : throw new FormatException($"'{text}' is not a key of {Type.Name}: a Guid.");
        return GrainKey.Of(text);
    }
}

/// <summary>One method, with what reads its arguments and writes its result. A type that cannot cross is told when it is first asked for.</summary>
internal sealed class GatewayMethod(GrainMethod method, JsonSerializerOptions json)
{
    private readonly JsonTypeInfo?[] _arguments = new JsonTypeInfo?[method.Arguments.Length];
    private JsonTypeInfo? _result;

    public GrainMethod Method => method;

    public JsonTypeInfo Result => _result ??= json.GetTypeInfo(method.ResultType);

    public JsonTypeInfo Argument(int index) => _arguments[index] ??= json.GetTypeInfo(method.Arguments[index].ParameterType);
}

/// <summary>Finds by a part of a path. Most names hold nothing that a path must escape, and are found without being copied.</summary>
internal sealed class ByName<T>(IEnumerable<KeyValuePair<string, T>> all)
    where T : class
{
    private readonly FrozenDictionary<string, T> _all = all.ToFrozenDictionary(StringComparer.Ordinal);

    public T? Find(ReadOnlySpan<char> escaped) => escaped.Contains('%')
        ? _all.GetValueOrDefault(Uri.UnescapeDataString(escaped))
        : _all.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(escaped, out var found) ? found : null;
}
