using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>Writes calls as requests and reads their answers.</summary>
internal sealed class GatewayRequests(GatewayConnection connection, JsonSerializerOptions json, ConcurrentDictionary<GrainType, string> prefixes)
{
    private static readonly MediaTypeHeaderValue _jsonType = new("application/json");
    private readonly ConcurrentDictionary<Call, Running> _running = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<GrainMethod, RemoteMethod> _methods = new(ReferenceEqualityComparer.Instance);
    private readonly string _client = Guid.CreateVersion7().ToString("N");
    private long _calls;

    /// <summary>Ends when the answer has been read into the call; throws what the grain threw. Answers why not, if the call certainly has not begun.</summary>
    public async Task<SiloUnavailableException?> TrySendAsync(Call call)
    {
        var method = MethodOf(call);
        var running = new Running(string.Create(CultureInfo.InvariantCulture, $"{_client}-{Interlocked.Increment(ref _calls)}"));
        _running.TryAdd(call, running);
        try
        {
            using var request = Write(call, method, running.Id);
            using var response = await connection.SendAsync(request, running.Abort.Token);
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable && await RemoteProblem.ReadAsync(response, running.Abort.Token) is SiloUnavailableException stopping)
                return stopping;
            await ReadAsync(call, method, response, running.Abort.Token);
            return null;
        }
        catch (Exception refused) when (refused is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } || GatewayConnection.IsConnectTimeout(refused))
        {
            return new SiloUnavailableException($"No silo answers at {connection.Address}: {call.Describe()} did not run. {refused.Message}", refused);
        }
        catch (HttpRequestException lost)
        {
            throw new SiloUnavailableException($"The silo at {connection.Address} could not be reached, or went away: whether {call.Describe()} ran is not known. {lost.Message}", lost);
        }
        catch (IOException lost)
        {
            throw new SiloUnavailableException($"The silo at {connection.Address} went away while answering {call.Describe()}. {lost.Message}", lost);
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
            using var request = new HttpRequestMessage(HttpMethod.Delete, connection.At($"calls/{running.Id}"));
            using var response = await connection.SendAsync(request, CancellationToken.None);
        }
        catch (HttpRequestException)
        {
            // The call's own request fails too, and tells.
        }
    }

    private RemoteMethod MethodOf(Call call) =>
        _methods.TryGetValue(call.Method, out var method) ? method : _methods.GetOrAdd(call.Method, new RemoteMethod(call.Method, connection, json));

    private HttpRequestMessage Write(Call call, RemoteMethod method, string id)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, method.AddressOf(call.Target)) { Content = new ByteArrayContent(method.Write(call.ArgumentList())) };
        request.Content.Headers.ContentType = _jsonType;
        var headers = request.Headers;
        headers.TryAddWithoutValidation(GatewayProtocol.CallHeader, id);
        headers.TryAddWithoutValidation(GatewayProtocol.ContractHeader, method.Contract);
        if (!prefixes.IsEmpty && prefixes.TryGetValue(call.Target.GrainId.Type, out var prefix))
            headers.TryAddWithoutValidation(GatewayProtocol.ClassHeader, prefix);
        if (call.Context?.Values is { } values)
            headers.TryAddWithoutValidation(GatewayProtocol.ContextHeader, ContextHeader.Write(values));
        if (call.Trace != default)
        {
            headers.TryAddWithoutValidation("traceparent", $"00-{call.Trace.TraceId}-{call.Trace.SpanId}-{(call.Trace.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00")}");
            if (!string.IsNullOrEmpty(call.Trace.TraceState))
                headers.TryAddWithoutValidation("tracestate", call.Trace.TraceState);
        }

        return request;
    }

    private static async ValueTask ReadAsync(Call call, RemoteMethod method, HttpResponseMessage response, CancellationToken token) => call.TakeRemote(response.StatusCode switch
    {
        HttpStatusCode.NoContent => null,
        HttpStatusCode.OK => await method.ReadAsync(response.Content, token),
        _ => throw await RemoteProblem.ReadAsync(response, token),
    });

    /// <summary>A call that is under way: by what name the silo knows it, and how to stop listening. The source holds nothing that must be let go.</summary>
    private sealed record Running(string Id)
    {
        public CancellationTokenSource Abort { get; } = new();
    }
}
