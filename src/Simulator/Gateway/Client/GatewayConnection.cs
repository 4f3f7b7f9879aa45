using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Orleans.Runtime.Messaging;

namespace AsyncTour.Simulator.Runtime;

/// <summary>The HTTP connections to one gateway. As many are open as calls are in flight at once; idle ones close after a minute.</summary>
internal sealed class GatewayConnection(Uri gateway, string? token) : IDisposable
{
    private static readonly TimeSpan _connectTimeout = TimeSpan.FromSeconds(5);

    // Trace context is the call's own, not the request's. The invoker is the handler without what a browser-like client adds to it.
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { ConnectTimeout = _connectTimeout, ActivityHeadersPropagator = null, UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
    private readonly string? _authorization = token is null ? null : $"Bearer {token}";

    public string Address { get; } = $"http://{gateway.Authority}/";

    /// <summary>The address of something at the gateway. The path is sent as it is: a key may be a dot or two, which mean nothing here.</summary>
    public Uri At(string path) => new(Address + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.TryAddWithoutValidation(GatewayProtocol.VersionHeader, GatewayProtocol.Version);
        if (_authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", _authorization);
        return _http.SendAsync(request, cancellationToken);
    }

    /// <exception cref="ConnectionFailedException">Nothing answers, or what answers is no gateway, or it refuses this client.</exception>
    public async Task<GatewayDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, At("gateway"));
            using var response = await SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK)
                throw new ConnectionFailedException($"The gateway at {Address} refused the client: {await RemoteProblem.DetailOf(response, cancellationToken)}");
            return await response.Content.ReadFromJsonAsync<GatewayDescription>(cancellationToken)
                ?? throw new ConnectionFailedException($"What answers at {Address} is not a silo's gateway.");
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or NotSupportedException || IsConnectTimeout(failure))
        {
            throw new ConnectionFailedException($"No silo answers at {Address}: {failure.Message}", failure);
        }
    }

    /// <summary>Whether this is how a connection ends that nobody accepted in time; nothing was sent on it.</summary>
    public static bool IsConnectTimeout(Exception failure) => failure is OperationCanceledException { InnerException: TimeoutException };

    public void Dispose() => _http.Dispose();
}
