using System.Net;
using System.Text;
using System.Text.Json;

namespace AsyncTour.Simulator.Tests;

/// <summary>The gateway seen by somebody with curl.</summary>
public sealed class GatewayRequestTests(TwoProcesses processes)
{
    private const string Echo = "grains/AsyncTour.Simulator.Tests.IRemoteGrain/k/Echo";

    [Fact]
    public async Task A_call_is_a_post_of_its_arguments()
    {
        var (status, body) = await PostAsync(Echo, """["hello"]""");
        (status, body).ShouldBe((HttpStatusCode.OK, "\"hello\""));
    }

    [Theory]
    [InlineData("grains/No.Such.Grain/k/Echo", "[]", 404)]
    [InlineData("grains/AsyncTour.Simulator.Tests.IRemoteGrain/k/Nothing", "[]", 404)]
    [InlineData("grains/AsyncTour.Simulator.Tests.IAdderGrain/not-a-number/Add", "[1]", 404)]
    [InlineData("somewhere/else", "[]", 404)]
    [InlineData(Echo, "", 400)]
    [InlineData(Echo, "{", 400)]
    [InlineData(Echo, "{}", 400)]
    [InlineData(Echo, "[]", 400)]
    [InlineData(Echo, "[1]", 400)]
    [InlineData(Echo, """["a","b"]""", 400)]
    [InlineData("grains/AsyncTour.Simulator.Tests.IAdderGrain/1/Add", "[99999999999999999999]", 400)]
    [InlineData("grains/AsyncTour.Simulator.Tests.IRemoteGrain/k/Shapes", """[{"$type":"System.IO.FileInfo","Name":"x"},1,null]""", 400)]
    [InlineData("grains/AsyncTour.Simulator.Tests.IRemoteGrain/k/Shapes", """[{"Name":"x","Evil":1},1,null]""", 400)]
    public async Task What_is_wrong_is_answered_with_a_problem_document(string path, string body, int expected)
    {
        var (status, text) = await PostAsync(path, body);
        ((int)status).ShouldBe(expected, text);
        using var problem = JsonDocument.Parse(text);
        problem.RootElement.GetProperty("status").GetInt32().ShouldBe(expected);
        problem.RootElement.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Deep_nesting_and_large_bodies_are_refused()
    {
        (await PostAsync(Echo, new string('[', 100_000))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(Echo, $"[\"{new string('x', 10_000_000)}\"]", request => request.Headers.ExpectContinue = true)).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_page_of_another_origin_cannot_start_anything()
    {
        (await PostAsync(Echo, """["x"]""", request => request.Headers.Add("Origin", "https://evil.example"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(Echo, """["x"]""", request => request.Headers.Add("Sec-Fetch-Site", "cross-site"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(Echo, """["x"]""", request => request.Headers.Host = "evil.example")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(Echo, """["x"]""", request => request.Content = new StringContent("""["x"]""", Encoding.UTF8, "text/plain"))).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await PostAsync(Echo, """["x"]""", request => request.Headers.Add("Origin", $"http://127.0.0.1:{processes.Port}"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_version_is_refused_with_a_sentence()
    {
        var (status, text) = await PostAsync(Echo, """["x"]""", request => request.Headers.Add("AsyncTour-Protocol", "0"));
        status.ShouldBe(HttpStatusCode.Conflict);
        text.ShouldContain("use client and silo of one build");
        (await PostAsync(Echo, """["x"]""", request => request.Headers.Add("AsyncTour-Contract", "00000000"))).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Aborting_the_request_cancels_the_call()
    {
        using var abort = new CancellationTokenSource();
        var call = processes.Http.PostAsync(new Uri("grains/AsyncTour.Simulator.Tests.IRemoteGrain/aborted/Wait", UriKind.Relative), Json("[]"), abort.Token);
        var grain = processes.Client.GetGrain<IRemoteGrain>("aborted");
        await grain.Begun();
        await abort.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        (await grain.Stopped()).ShouldBe(1);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"who":null}""")]
    [InlineData("""{"who":"\ud800"}""")]
    [InlineData("""{"who":{"Process":"x"}}""")]
    [InlineData("""{"who":{"Int32":"x"}}""")]
    [InlineData("""{"who":{"Int32":null}}""")]
    public async Task A_context_that_is_none_is_refused(string context)
    {
        var (status, text) = await PostAsync(Echo, """["x"]""", request => request.Headers.Add("AsyncTour-Context", Uri.EscapeDataString(context)));
        status.ShouldBe(HttpStatusCode.BadRequest);
        text.ShouldContain("AsyncTour-Context");
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string path, string body, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = Json(body) };
        change?.Invoke(request);
        using var response = await processes.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
