using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>Writes calls as requests and reads their answers.</summary>
internal sealed class GatewayRequests(HttpClient http, JsonSerializerOptions json, ConcurrentDictionary<GrainType, string> prefixes)
{
    private static readonly MediaTypeHeaderValue _jsonType = new("application/json");
    private readonly ConcurrentDictionary<Call, (string Id, CancellationTokenSource Abort)> _running = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<Type, string> _contracts = new();
    private readonly string _client = Guid.CreateVersion7().ToString("N");
    private long _calls;

    /// <summary>Ends when the answer has been read into the call; throws what the grain threw.</summary>
    public async Task SendAsync(Call call)
    {
        using var abort = new CancellationTokenSource();
        var id = $"{_client}-{Interlocked.Increment(ref _calls)}";
        _running[call] = (id, abort);
        try
        {
            using var request = Write(call, id);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, abort.Token);
            await ReadAsync(call, response, abort.Token);
        }
        catch (HttpRequestException lost)
        {
            throw new SiloUnavailableException($"The silo at {http.BaseAddress} could not be reached, or went away: whether {call.Describe()} ran is not known. {lost.Message}", lost);
        }
        catch (IOException lost)
        {
            throw new SiloUnavailableException($"The silo at {http.BaseAddress} went away while answering {call.Describe()}. {lost.Message}", lost);
        }
        finally
        {
            _running.TryRemove(call, out _);
        }
    }

    /// <summary>Cancels without waiting: the silo notices that nobody listens any more.</summary>
    public void Abort(Call call)
    {
        if (_running.TryGetValue(call, out var running))
            running.Abort.Cancel();
    }

    /// <summary>Asks the silo to stop a call, whose answer then tells that it has.</summary>
    public async Task StopAsync(Call call)
    {
        if (!_running.TryGetValue(call, out var running))
            return;
        try
        {
            using var response = await http.DeleteAsync(new Uri($"calls/{running.Id}", UriKind.Relative));
        }
        catch (HttpRequestException)
        {
            // The call's own request fails too, and tells.
        }
    }

    public static async Task<string> DetailOf(HttpResponseMessage response, CancellationToken token)
    {
        var body = await response.Content.ReadAsStringAsync(token);
        try
        {
            using var problem = JsonDocument.Parse(body);
            return problem.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() ?? body : body;
        }
        catch (JsonException)
        {
            return $"{(int)response.StatusCode} {response.ReasonPhrase}";
        }
    }

    private HttpRequestMessage Write(Call call, string id)
    {
        var method = call.Method;
        var contract = GrainInterface.Of(InterfaceOf(call));
        var path = $"grains/{Uri.EscapeDataString(contract.Type.FullName!)}/{Uri.EscapeDataString(KeyText(contract.Type, call.Target.GrainId))}/{Uri.EscapeDataString(method.WireName)}";
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new ByteArrayContent(Arguments(call)) };
        request.Content.Headers.ContentType = _jsonType;
        request.Headers.Add(GatewayProtocol.CallHeader, id);
        request.Headers.Add(GatewayProtocol.ContractHeader, _contracts.GetOrAdd(contract.Type, _ => GatewayProtocol.ContractOf(contract)));
        if (prefixes.TryGetValue(call.Target.GrainId.Type, out var prefix))
            request.Headers.Add(GatewayProtocol.ClassHeader, prefix);
        if (call.Context?.Values is { } values)
            request.Headers.Add(GatewayProtocol.ContextHeader, ContextHeader.Write(values));
        if (call.Trace != default)
        {
            request.Headers.Add("traceparent", $"00-{call.Trace.TraceId}-{call.Trace.SpanId}-{(call.Trace.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00")}");
            if (!string.IsNullOrEmpty(call.Trace.TraceState))
                request.Headers.Add("tracestate", call.Trace.TraceState);
        }

        return request;
    }

    private static Type InterfaceOf(Call call) => call.Method.InterfaceType;

    private static string KeyText(Type contract, GrainId id)
    {
        if (typeof(IGrainWithIntegerKey).IsAssignableFrom(contract))
            return GrainKey.ReadInteger(id).ToString(CultureInfo.InvariantCulture);
        return id.Key.ToString()!;
    }

    private byte[] Arguments(Call call)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            var values = call.ArgumentList();
            writer.WriteStartArray();
            for (var i = 0; i < values.Length; i++)
                JsonSerializer.Serialize(writer, values[i], call.Method.Arguments[i].ParameterType, json);
            writer.WriteEndArray();
        }

        return stream.ToArray();
    }

    private async Task ReadAsync(Call call, HttpResponseMessage response, CancellationToken token)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.NoContent:
                call.TakeRemote(null);
                break;
            case HttpStatusCode.OK:
                await using (var body = await response.Content.ReadAsStreamAsync(token))
                    call.TakeRemote(await JsonSerializer.DeserializeAsync(body, call.Method.ResultType, json, token));
                break;
            default:
                throw await FailureAsync(response, token);
        }
    }

    private static async Task<Exception> FailureAsync(HttpResponseMessage response, CancellationToken token)
    {
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
        {
            await using var body = await response.Content.ReadAsStreamAsync(token);
            using var problem = await JsonDocument.ParseAsync(body, cancellationToken: token);
            if (problem.RootElement.TryGetProperty("exception", out var exception))
                return RemoteException.Read(exception);
            return new OrleansException($"The gateway refused the call ({(int)response.StatusCode}): {problem.RootElement.GetProperty("detail").GetString()}");
        }

        return new OrleansException($"The gateway answered {(int)response.StatusCode} {response.ReasonPhrase}.");
    }
}
