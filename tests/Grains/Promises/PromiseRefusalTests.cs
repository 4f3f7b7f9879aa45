using AsyncTour.Grains.Promises;

namespace AsyncTour.Grains.Tests.Promises;

public sealed class PromiseRefusalTests(SiloFixture silo)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_promise_nobody_made_is_unknown_to_everyone()
    {
        var promise = silo.Promises.Find<int>("never-made");

        (await promise.StatusAsync(Stop)).ShouldBeNull();
        const string sentence = "there is no promise 'never-made'";
        (await Should.ThrowAsync<RefusedException>(() => promise.SetResultAsync(1, Stop))).Message.ShouldBe(sentence);
        (await Should.ThrowAsync<RefusedException>(() => promise.CancelAsync(cancellationToken: Stop))).Message.ShouldBe(sentence);
        (await Should.ThrowAsync<RefusedException>(() => promise.WaitAsync(Stop))).Message.ShouldBe(sentence);
        (await Should.ThrowAsync<RefusedException>(async () => await promise)).Message.ShouldBe(sentence);
    }

    [Fact]
    public async Task An_id_is_given_once()
    {
        await silo.Promises.CreateAsync<int>("taken", cancellationToken: Stop);

        (await Should.ThrowAsync<RefusedException>(() => silo.Promises.CreateAsync<int>("taken", cancellationToken: Stop)))
            .Message.ShouldBe("there is a promise 'taken' already; settle it, wait for it, or give another id");
    }

    [Theory]
    [InlineData("", "a promise's id has 1 to 200 characters; this one has 0")]
    [InlineData("two words", "'two words' cannot be a promise's id: it may not have white space in it")]
    [InlineData("a/b", "'a/b' cannot be a promise's id: a '/' is for the jobs of a run, RUN/INDEX, whose promises are there already")]
    public async Task An_id_that_cannot_be_one_is_refused(string id, string sentence) =>
        (await Should.ThrowAsync<RefusedException>(() => silo.Promises.CreateAsync<int>(id, cancellationToken: Stop))).Message.ShouldBe(sentence);

    [Fact]
    public async Task A_time_to_live_must_be_longer_than_zero() =>
        (await Should.ThrowAsync<RefusedException>(() => silo.Promises.CreateAsync<int>(timeToLive: TimeSpan.Zero, cancellationToken: Stop)))
            .Message.ShouldBe("a promise's time to live is 0s; it must be longer than zero and at most 366 days");

    [Fact]
    public async Task A_value_that_is_too_large_is_refused_and_the_promise_stays_pending()
    {
        var promise = await silo.Promises.CreateAsync<string>(cancellationToken: Stop);

        (await Should.ThrowAsync<RefusedException>(() => promise.SetResultAsync(new string('x', PromiseLimits.LargestValue), Stop)))
            .Message.ShouldBe("the value has 1,048,578 characters of JSON; at most 1,048,576 are allowed");

        (await promise.StatusAsync(Stop))!.State.ShouldBe(PromiseState.Pending);
    }
}
