using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace AsyncTour.Silo.Web;

/// <summary>
/// Answers only those who mean this silo. A page somewhere on the web, open in the user's browser, can send requests to
/// this machine too: it gives itself away by its Origin, or, where it had its own name point here, by the Host header.
/// </summary>
internal sealed class SameOrigin(IReadOnlyCollection<string> hosts)
{
    /// <summary>Why a request is refused, in one sentence, and with which status; <c>null</c> if it is not.</summary>
    public (int Status, string Reason)? Refuse(HttpRequest request)
    {
        if (!IsOurs(request.Host.Host))
        {
            return (StatusCodes.Status421MisdirectedRequest, $"This silo does not answer to the host '{request.Host.Host}': use localhost, or name it with --http-host.");
        }

        var origin = request.Headers.Origin;
        return !StringValues.IsNullOrEmpty(origin) && !IsOwnOrigin(origin.ToString(), request)
            ? (StatusCodes.Status403Forbidden, $"This silo does not answer pages of {origin}.")
            : null;
    }

    /// <summary>Refuses or passes on.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (Refuse(context.Request) is not var (status, reason))
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = status;
        await context.Response.WriteAsync(reason + "\n");
    }

    private bool IsOurs(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))
        || hosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    private static bool IsOwnOrigin(string origin, HttpRequest request) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
