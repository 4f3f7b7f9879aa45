using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AsyncTour.Tracing.Recording;
using AsyncTour.Tracing.Rendering.Page;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AsyncTour.Silo.Tests;

/// <summary>The silo's site, with a real silo behind it, on whichever engine the build chose.</summary>
public sealed class Silo_site : IAsyncLifetime
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly IHost _silo;

    public Silo_site()
    {
        var port = FreePort();
        _http.BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        _silo = SiloProgram.Build(new SiloSettings
        {
            Name = "silo-7",
            IsEmbedded = true,
            HttpPort = port,
            HttpHosts = ["tour.example"],
            Traces = new TraceRecorderOptions { Exporter = TraceExporter.None },
        }, new LiveRuns());
    }

    public async ValueTask InitializeAsync() => await _silo.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _silo.StopAsync();
        _silo.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task Says_that_a_started_silo_is_ready_and_which_it_is()
    {
        var (status, body) = await GetAsync("/health/ready");

        status.ShouldBe(HttpStatusCode.OK);
        body.ShouldBe($$"""{"status":"ready","silo":"silo-7","engine":"{{Engine.Name}}","silos":1}""");
    }

    [Fact]
    public async Task Says_that_a_silo_told_to_stop_lives_but_is_not_ready()
    {
        _silo.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        (await GetAsync("/health/ready")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await GetAsync("/health/live")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("localhost:8080", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]:8080", HttpStatusCode.OK)]
    [InlineData("tour.example", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost.evil.example", HttpStatusCode.MisdirectedRequest)]
    public async Task Answers_only_to_its_own_names(string host, HttpStatusCode expected) =>
        (await GetAsync("/health/live", request => request.Headers.Host = host)).Status.ShouldBe(expected);

    [Fact]
    public async Task Refuses_pages_of_other_origins()
    {
        (await GetAsync("/health/live", request => request.Headers.Add("Origin", "https://evil.example"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await GetAsync("/health/live", request => request.Headers.Add("Origin", "null"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await GetAsync("/health/live", request => request.Headers.Add("Origin", _http.BaseAddress!.GetLeftPart(UriPartial.Authority)))).Status.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<(HttpStatusCode Status, string Body)> GetAsync(string path, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        change?.Invoke(request);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
