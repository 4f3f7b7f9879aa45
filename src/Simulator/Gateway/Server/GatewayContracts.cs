using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>The interfaces that may be called, by name: a closed set, made before any request is read.</summary>
internal sealed class GatewayContracts(GrainCatalog catalog, JsonSerializerOptions json)
{
    private readonly Dictionary<string, GatewayContract> _byName =
        catalog.Interfaces.Select(one => new GatewayContract(one, json)).ToDictionary(one => one.Type.FullName!, StringComparer.Ordinal);

    public GatewayContract Find(string name) => _byName.GetValueOrDefault(name)
        ?? throw ProblemException.Unknown($"No grain here answers to an interface named '{name}'.");
}

/// <summary>One interface, as requests name it, its keys and its methods.</summary>
internal sealed class GatewayContract(GrainInterface contract, JsonSerializerOptions json)
{
    private readonly Lazy<string> _fingerprint = new(() => GatewayProtocol.ContractOf(contract));
    private readonly Dictionary<string, GatewayMethod[]> _methods =
        contract.Methods.GroupBy(one => one.WireName, StringComparer.Ordinal).ToDictionary(one => one.Key, one => one.Select(method => new GatewayMethod(method, json)).ToArray(), StringComparer.Ordinal);

    public GrainInterface Interface => contract;

    public Type Type => contract.Type;

    public string Fingerprint => _fingerprint.Value;

    /// <summary>The methods of a name: more than one when they differ by how many arguments they take.</summary>
    public GatewayMethod[] Find(string method) => _methods.GetValueOrDefault(method)
        ?? throw ProblemException.Unknown($"{Type.Name} has no method named '{method}'.");

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
