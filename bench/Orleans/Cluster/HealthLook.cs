using System.Globalization;
using System.Net;
using System.Text.Json;

namespace AsyncTour.Orleans.Bench.Cluster;

/// <summary>What the silos say of themselves at <c>/health/ready</c>.</summary>
internal sealed class HealthLook : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Whether the silo is ready, and how many silos it knows; <c>null</c> when it does not answer.</summary>
    public async Task<(bool IsReady, int Silos)?> AskAsync(SiloPlace place)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{place.HttpPort}/health/ready")));
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            return (answer.StatusCode == HttpStatusCode.OK, body.RootElement.GetProperty("silos").GetInt32());
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>Asks the silos until all answer as wanted; answers whether they did within the patience.</summary>
    public async Task<bool> UntilAsync(IEnumerable<SiloPlace> places, Func<(bool IsReady, int Silos), bool> wanted, TimeSpan patience)
    {
        using var end = new CancellationTokenSource(patience);
        while (!end.IsCancellationRequested)
        {
            if (Array.TrueForAll(await Task.WhenAll(places.Select(AskAsync)), one => one is { } answer && wanted(answer)))
            {
                return true;
            }

            await Task.Delay(Pause);
        }

        return false;
    }

    public void Dispose() => _http.Dispose();
}
