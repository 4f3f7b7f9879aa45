using System.Globalization;
using System.Net;

namespace AsyncTour.Silo.Web;

/// <summary>Asks a silo on this machine how it is. A container's health check runs this: the image has no other HTTP client.</summary>
internal static class HealthQuestion
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Prints the answer; answers 0 when the silo is ready, 1 when it is not or nobody answers.</summary>
    public static async Task<int> AskAsync(int port, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}{HealthEndpoints.ReadyPath}"));
        try
        {
            using var answer = await http.GetAsync(url, cancellationToken);
            Console.WriteLine(await answer.Content.ReadAsStringAsync(cancellationToken));
            return answer.StatusCode == HttpStatusCode.OK ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            Console.WriteLine($"no silo answers at {url}: {e.Message}");
            return 1;
        }
    }
}
