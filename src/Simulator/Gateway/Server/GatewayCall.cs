using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>Reads a request into a call of a known method with arguments of its declared types.</summary>
internal sealed class GatewayCallReader(Silo silo)
{
    private readonly Dictionary<string, GrainInterface> _interfaces = silo.Catalog.Interfaces.ToDictionary(one => one.Type.FullName!, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<GrainInterface, string> _contracts = new();
    private readonly JsonSerializerOptions _json = WireFormat.Create(silo);

    public JsonSerializerOptions Json => _json;

    public async Task<GatewayCall> ReadAsync(HttpRequest request)
    {
        var parts = (request.Path.Value ?? "").Split('/');
        if (parts.Length != 5 || parts[1] != "grains")
            throw ProblemException.Unknown("A call is POST /grains/{interface}/{key}/{method}.");
        var contract = _interfaces.GetValueOrDefault(Uri.UnescapeDataString(parts[2]))
            ?? throw ProblemException.Unknown($"No grain here answers to an interface named '{parts[2]}'.");
        CheckContract(request, contract);
        var target = Target(contract, Uri.UnescapeDataString(parts[3]), request.Headers[GatewayProtocol.ClassHeader]);
        var name = Uri.UnescapeDataString(parts[4]);
        var methods = contract.Methods.Where(method => method.WireName == name).ToList();
        if (methods.Count == 0)
            throw ProblemException.Unknown($"{contract.Type.Name} has no method named '{name}'.");
        if (!request.HasJsonContentType())
            throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, "Unsupported media type", "Arguments are a JSON array: Content-Type: application/json.");
        using var body = await ParseAsync(request);
        var (method, arguments) = Bind(methods, body.RootElement);
        return new GatewayCall(target, method, arguments, Context(request), Trace(request));
    }

    private static async Task<JsonDocument> ParseAsync(HttpRequest request)
    {
        try
        {
            return await JsonDocument.ParseAsync(request.Body, new JsonDocumentOptions { MaxDepth = WireFormat.DeepestNesting }, request.HttpContext.RequestAborted);
        }
        catch (JsonException malformed)
        {
            throw ProblemException.Malformed($"The body is not JSON: {malformed.Message}");
        }
    }

    private (GrainMethod Method, object?[] Arguments) Bind(List<GrainMethod> methods, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Array)
            throw ProblemException.Malformed("Arguments are a JSON array, in the order of the parameters.");
        var method = methods.Find(one => one.Arguments.Length == body.GetArrayLength())
            ?? throw ProblemException.Malformed($"{methods[0].WireName} takes {string.Join(" or ", methods.Select(one => one.Arguments.Length))} arguments; {body.GetArrayLength()} were sent.");
        var arguments = new object?[method.Arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = Argument(method.Arguments[i], body[i]);
        return (method, arguments);
    }

    private object? Argument(System.Reflection.ParameterInfo parameter, JsonElement value)
    {
        try
        {
            return value.Deserialize(parameter.ParameterType, _json);
        }
        catch (Exception wrong) when (wrong is JsonException or NotSupportedException or FormatException or OverflowException or ArgumentException or InvalidOperationException)
        {
            throw ProblemException.Malformed($"Argument {parameter.Name} is not a {parameter.ParameterType.Name}: {wrong.Message}");
        }
    }

    private GrainReference Target(GrainInterface contract, string key, string? classNamePrefix)
    {
        try
        {
            var grain = silo.Catalog.For(contract.Type, string.IsNullOrEmpty(classNamePrefix) ? null : classNamePrefix);
            return contract.MakeReference(GrainId.Create(grain.Name, KeyFor(contract.Type, key)), silo);
        }
        catch (Exception unknown) when (unknown is ArgumentException or FormatException)
        {
            throw ProblemException.Unknown(unknown.Message);
        }
    }

    private static IdSpan KeyFor(Type contract, string key)
    {
        if (typeof(IGrainWithIntegerKey).IsAssignableFrom(contract))
            return long.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? GrainKey.Of(number) : throw new FormatException($"'{key}' is not a key of {contract.Name}: a whole number of 64 bits.");
        if (typeof(IGrainWithGuidKey).IsAssignableFrom(contract))
            return Guid.TryParse(key, out var guid) ? GrainKey.Of(guid) : throw new FormatException($"'{key}' is not a key of {contract.Name}: a Guid.");
        return GrainKey.Of(key);
    }

    private void CheckContract(HttpRequest request, GrainInterface contract)
    {
        var here = _contracts.GetOrAdd(contract, GatewayProtocol.ContractOf);
        if (request.Headers.TryGetValue(GatewayProtocol.ContractHeader, out var there) && there != here)
            throw new ProblemException(StatusCodes.Status409Conflict, "Versions differ", $"Client and silo were built from different versions of {contract.Type.Name}: use client and silo of one build.");
    }

    private static Dictionary<string, string>? Context(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(GatewayProtocol.ContextHeader, out var header))
            return null;
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(Uri.UnescapeDataString(header.ToString()));
        }
        catch (JsonException)
        {
            throw ProblemException.Malformed($"{GatewayProtocol.ContextHeader} is an object of strings, as escaped JSON.");
        }
    }

    private static ActivityContext Trace(HttpRequest request) =>
        ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out var trace) ? trace : default;
}

/// <summary>A call that came in, ready to be made.</summary>
internal sealed record GatewayCall(GrainReference Target, GrainMethod Method, object?[] Arguments, Dictionary<string, string>? Context, ActivityContext Trace)
{
    public Task<object?> RunAsync(CancellationToken token)
    {
        foreach (var (key, value) in Context ?? [])
            RequestContext.Set(key, value);
        return Method.CallUntyped(Target, Arguments, Trace, token);
    }
}
