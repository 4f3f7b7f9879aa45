using AsyncTour.Client.Promises;
using AsyncTour.Client.Tests.Support;

namespace AsyncTour.Client.Tests;

public sealed class Promises_alone
{
    [Fact]
    public async Task A_promise_in_an_embedded_silo_says_that_it_will_not_last()
    {
        using var run = await Invocation.Of("promise", "new", "mine", "--embedded");

        (run.ExitCode, run.Out).ShouldBe((0, "mine\n"));
        run.Error.ShouldContain("this silo ends with this command, and the promise with it");
    }

    [Theory]
    [InlineData("promise get nobodys --embedded", "there is no promise 'nobodys'")]
    [InlineData("promise set nobodys --embedded", "'promise set' needs a value: promise set ID VALUE")]
    [InlineData("promise wait --embedded", "'promise wait' needs the promise's id: see 'promise wait --help'")]
    [InlineData("promise new a/b --embedded", "'a/b' cannot be a promise's id: a '/' is for the jobs of a run, RUN/INDEX, whose promises are there already")]
    [InlineData("promise gte x", "'promise' has no command 'gte' (did you mean 'get'?): there are new, get, set, fail, cancel, wait")]
    [InlineData("run pool --detach --embedded", "--detach needs a silo that outlives this command: start one (dotnet run --project src/Silo), then --connect")]
    [InlineData("promise new x --ttl 0", "--ttl 0 is not a length of time above zero: write a number and a unit, such as 50ms, 1.5s or 2m (us, ms, s, m, h)")]
    public async Task What_cannot_be_done_is_refused_in_one_sentence(string line, string sentence)
    {
        using var run = await Invocation.Of(line.Split(' '));

        run.ExitCode.ShouldBe(2);
        run.Error.Split('\n')[^2].ShouldBe("asynctour: " + sentence);
        run.Out.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("42", "42")]
    [InlineData("{\"a\": [1]}", "{\"a\": [1]}")]
    [InlineData("\"quoted\"", "\"quoted\"")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("", "\"\"")]
    public void A_value_is_json_or_a_text(string typed, string json) => ValueText.Parse(typed).GetRawText().ShouldBe(json);
}
