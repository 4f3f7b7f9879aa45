using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AsyncTour.Silo.Tests.Support;

namespace AsyncTour.Silo.Tests;

/// <summary>One silo for all tests of its pages.</summary>
public sealed class SiloWithPages : IAsyncLifetime
{
    private readonly StateFolder _folder = new();

    internal SiloProcess? Process { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (Engine.Name == "simulator")
            Process = await SiloProcess.StartAsync(_folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        if (Process is not null)
            await Process.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>What a browser finds at a silo's HTTP port, and who finds nothing there.</summary>
public sealed class Pages_of_a_silo : IClassFixture<SiloWithPages>, IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly SiloProcess _silo;

    public Pages_of_a_silo(SiloWithPages silo)
    {
        Rounds.NeedAFolder();
        _silo = silo.Process!;
        _http.BaseAddress = new Uri($"http://localhost:{_silo.HttpPort}");
    }

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task The_silo_says_where_its_page_is_and_how_it_is()
    {
        _silo.Output.ShouldContain($"http://localhost:{_silo.HttpPort}\n");
        (await _http.GetStringAsync("/health/live")).ShouldContain("\"live\"");
        var ready = await _http.GetFromJsonAsync<JsonElement>("/health/ready");
        ready.GetProperty("status").GetString().ShouldBe("ready");
        ready.GetProperty("silos").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task The_page_comes_with_its_policy_and_is_not_stored()
    {
        using var page = await _http.GetAsync("/");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        page.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        (await page.Content.ReadAsStringAsync()).ShouldContain("default-src 'none'");
    }

    [Fact]
    public async Task A_run_is_on_the_page_while_it_goes_on_and_after_its_end()
    {
        await using var client = await SiloClient.ConnectAsync(_silo);
        var run = await client.Runs.StartAsync("shown", Jobs.Pool, Jobs.Sleeps(200, "20ms"));
        await run.FirstAsync(20);
        (await ShownAsync()).GetProperty("state").GetString().ShouldBe("running");
        await run.AllAsync();
        var shown = await ShownAsync();
        shown.GetProperty("done").GetInt32().ShouldBe(200);
        shown.GetProperty("failed").GetInt32().ShouldBe(0);
        shown.GetProperty("peak").GetInt32().ShouldBe(8);
        (await _http.GetFromJsonAsync<JsonElement>("/api/runs/shown")).GetProperty("jobs").GetProperty("index").GetArrayLength().ShouldBe(200);
    }

    [Theory]
    [InlineData("/nothing-here")]
    [InlineData("/api/runs/nobody")]
    public async Task What_is_not_there_is_404(string path)
    {
        using var answer = await _http.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task It_only_reads()
    {
        using var answer = await _http.PostAsync("/api/runs", null);
        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/runs")]
    [InlineData("/health/ready")]
    public async Task Another_name_for_this_machine_is_refused_everywhere(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = "rebound.example";
        using var answer = await _http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("rebound.example");
    }

    [Theory]
    [InlineData("http://elsewhere.example")]
    [InlineData("null")]
    public async Task A_page_from_elsewhere_is_refused(string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/runs");
        request.Headers.Add("Origin", origin);
        using var answer = await _http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_silos_own_page_is_answered()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/runs");
        request.Headers.Add("Origin", $"http://localhost:{_silo.HttpPort}");
        using var answer = await _http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<JsonElement> ShownAsync() =>
        (await _http.GetFromJsonAsync<JsonElement>("/api/runs")).GetProperty("runs").EnumerateArray().Single(r => r.GetProperty("run").GetString() == "shown");
}
