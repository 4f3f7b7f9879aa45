using System.Net;
using System.Text.Json;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>Reads answers that are not results.</summary>
internal static class RemoteProblem
{
    /// <summary>What the grain threw, or why the gateway refused.</summary>
    public static async Task<Exception> ReadAsync(HttpResponseMessage response, CancellationToken token)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return new OrleansException($"The gateway answered {(int)response.StatusCode} {response.ReasonPhrase}.");
        await using var body = await response.Content.ReadAsStreamAsync(token);
        using var problem = await JsonDocument.ParseAsync(body, cancellationToken: token);
        if (problem.RootElement.TryGetProperty("exception", out var exception))
            return RemoteException.Read(exception);
        var detail = problem.RootElement.GetProperty("detail").GetString();
        return response.StatusCode == HttpStatusCode.ServiceUnavailable
            ? new SiloUnavailableException(detail)
            : new OrleansException($"The gateway refused the call ({(int)response.StatusCode}): {detail}");
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
}
