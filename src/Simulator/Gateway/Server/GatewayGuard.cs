using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>
/// Who may come in. A page that is open in the user's browser can reach loopback too, so requests must name a host that is meant, must
/// not come from another origin, and must say that they are JSON, which a form cannot.
/// </summary>
internal sealed class GatewayGuard(GatewaySettings settings)
{
    private static readonly string[] _loopback = ["localhost", "127.0.0.1", "[::1]"];
    private readonly HashSet<string> _hosts = new(_loopback.Concat(settings.AllowedHosts), StringComparer.OrdinalIgnoreCase);
    private readonly byte[]? _token = settings.Token is null ? null : Encoding.UTF8.GetBytes($"Bearer {settings.Token}");

    /// <exception cref="OrleansConfigurationException">Others could reach the gateway, and nothing would keep them out.</exception>
    public void CheckAddress(IPEndPoint endpoint)
    {
        if (!IPAddress.IsLoopback(endpoint.Address) && string.IsNullOrEmpty(settings.Token))
            throw new OrleansConfigurationException($"The gateway would listen on {endpoint}, where others can reach it, without a token. Set GatewaySettings.Token, or listen on 127.0.0.1.");
    }

    public void Check(HttpContext http)
    {
        var request = http.Request;
        var host = request.Host.Host;
        if (!_hosts.Contains(host))
            throw ProblemException.Forbidden($"Host '{host}' is not one that this gateway answers for: {string.Join(", ", _hosts)}.");
        foreach (var origin in request.Headers.Origin)
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var page) || !string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase))
                throw ProblemException.Forbidden("Calls from pages of another origin are refused.");
        }

        if (request.Headers["Sec-Fetch-Site"].Contains("cross-site"))
            throw ProblemException.Forbidden("Calls from pages of another origin are refused.");
        if (_token is not null && !CryptographicOperations.FixedTimeEquals(_token, Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString())))
            throw new ProblemException(StatusCodes.Status401Unauthorized, "Unauthorized", "This gateway wants its token: Authorization: Bearer ….");
        if (request.Headers.TryGetValue(GatewayProtocol.VersionHeader, out var version) && version != GatewayProtocol.Version)
            throw new ProblemException(StatusCodes.Status409Conflict, "Versions differ", $"The client speaks version {version} of the gateway's protocol and this silo {GatewayProtocol.Version}: use client and silo of one build.");
    }
}
