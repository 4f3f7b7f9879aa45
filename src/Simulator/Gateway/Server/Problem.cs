using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AsyncTour.Simulator.Runtime;

/// <summary>A request that is refused, with the sentence that says why.</summary>
internal sealed class ProblemException(int status, string title, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    public string Title { get; } = title;

    public static ProblemException Malformed(string detail) => new(StatusCodes.Status400BadRequest, "Malformed request", detail);

    public static ProblemException Unknown(string detail) => new(StatusCodes.Status404NotFound, "Not found", detail);

    /// <summary>The caller may try another silo, or this one's successor: nothing has run.</summary>
    public static ProblemException Stopping(string silo) => new(StatusCodes.Status503ServiceUnavailable, "Stopping", $"Silo {silo} is stopping and takes no more calls: this one did not run.");

    public static ProblemException Forbidden(string detail) => new(StatusCodes.Status403Forbidden, "Forbidden", detail);
}

/// <summary>Writes problem documents (RFC 9457).</summary>
internal static class Problem
{
    public static Task Write(HttpContext http, int status, string title, string detail, string? type = null, JsonNode? exception = null)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return Task.CompletedTask;
        }

        var document = new JsonObject { ["type"] = type ?? "about:blank", ["title"] = title, ["status"] = status, ["detail"] = detail };
        if (exception is not null)
            document["exception"] = exception;
        // Who sends too slowly, or to a silo that is going, gets no second request on this connection.
        if (status is StatusCodes.Status408RequestTimeout or StatusCodes.Status503ServiceUnavailable)
            http.Response.Headers.Connection = "close";
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/problem+json";
        return http.Response.WriteAsync(document.ToJsonString());
    }
}
