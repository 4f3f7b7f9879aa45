using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>Reads a request into a call of a known method with arguments of its declared types.</summary>
internal sealed class GatewayCallReader(Silo silo, GatewaySettings settings, JsonSerializerOptions json)
{
    private readonly GatewayContracts _contracts = new(silo.Catalog, json);
    private readonly GatewayBody _body = new(settings, silo.TimeProvider);

    public async ValueTask<GatewayCall> ReadAsync(HttpRequest request)
    {
        var (contract, key, methods) = Find(request);
        CheckContract(request, contract);
        var target = Target(contract, key, request.Headers[GatewayProtocol.ClassHeader]);
        if (request.ContentType != "application/json" && !request.HasJsonContentType())
            throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, "Unsupported media type", "Arguments are a JSON array: Content-Type: application/json.");
        var (method, arguments) = await _body.ReadAsync(request, methods);
        return new GatewayCall(target, method, arguments, Context(request), Trace(request));
    }

    /// <summary>The path is read as it was sent: decoded once, a key may hold any character, slashes and percents too.</summary>
    private (GatewayContract Contract, string Key, GatewayMethod[] Methods) Find(HttpRequest request)
    {
        var path = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.AsSpan();
        if (path.IndexOf('?') is >= 0 and var query)
            path = path[..query];
        Span<Range> parts = stackalloc Range[6];
        if (path.Split(parts, '/') != 5 || path[parts[1]] is not "grains")
            throw ProblemException.Unknown("A call is POST /grains/{interface}/{key}/{method}.");
        var contract = _contracts.Find(path[parts[2]]);
        return (contract, Uri.UnescapeDataString(path[parts[3]]), contract.Find(path[parts[4]]));
    }

    private GrainReference Target(GatewayContract contract, string key, string? classNamePrefix)
    {
        try
        {
            var grain = silo.Catalog.For(contract.Type, string.IsNullOrEmpty(classNamePrefix) ? null : classNamePrefix);
            return contract.Interface.MakeReference(GrainId.Create(grain.Name, contract.Key(key)), silo);
        }
        catch (Exception unknown) when (unknown is ArgumentException or FormatException)
        {
            throw ProblemException.Unknown(unknown.Message);
        }
    }

    private static void CheckContract(HttpRequest request, GatewayContract contract)
    {
        if (request.Headers.TryGetValue(GatewayProtocol.ContractHeader, out var there) && there != contract.Fingerprint)
            throw new ProblemException(StatusCodes.Status409Conflict, "Versions differ", $"Client and silo were built from different versions of {contract.Type.Name}: use client and silo of one build.");
    }

    private static Dictionary<string, object>? Context(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(GatewayProtocol.ContextHeader, out var header))
            return null;
        try
        {
            return ContextHeader.Read(header.ToString());
        }
        catch (FormatException wrong)
        {
            throw ProblemException.Malformed($"{GatewayProtocol.ContextHeader} is an object of values, as escaped JSON. {wrong.Message}");
        }
    }

    private static ActivityContext Trace(HttpRequest request) =>
        ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out var trace) ? trace : default;
}

/// <summary>A call that came in, ready to be made.</summary>
internal sealed record GatewayCall(GrainReference Target, GatewayMethod Method, object?[] Arguments, Dictionary<string, object>? Context, ActivityContext Trace)
{
    public Task<object?> RunAsync(CancellationToken token)
    {
        if (Context is not null)
        {
            foreach (var (key, value) in Context)
                RequestContext.Set(key, value);
        }

        return Method.Method.CallUntyped(Target, Arguments, Trace, token);
    }
}
