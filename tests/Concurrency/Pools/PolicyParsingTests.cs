using AsyncTour.Concurrency.Limits;
using AsyncTour.Concurrency.Pools;

namespace AsyncTour.Concurrency.Tests.Pools;

public sealed class PolicyParsingTests
{
    [Theory, InlineData("collect"), InlineData("fail-fast"), InlineData("stop:3")]
    public void an_error_policy_reads_what_it_prints(string text)
    {
        ErrorPolicy.TryParse(text, out ErrorPolicy? policy, out _).ShouldBeTrue();

        policy!.ToString().ShouldBe(text);
    }

    [Theory, InlineData("stop:0"), InlineData("stop:"), InlineData("stop"), InlineData("stop:-1"), InlineData(""), InlineData(null)]
    public void any_other_error_policy_is_refused(string? text)
    {
        ErrorPolicy.TryParse(text, out _, out string? reason).ShouldBeFalse();

        reason.ShouldBe($"'{text}' is no error policy: use collect, fail-fast, or stop:N with N at least 1.");
    }

    [Fact]
    public void failures_end_a_run_when_the_policy_says_so()
    {
        ErrorPolicy.Collect.ShouldStop(1_000_000).ShouldBeFalse();
        ErrorPolicy.FailFast.ShouldStop(0).ShouldBeFalse();
        ErrorPolicy.FailFast.ShouldStop(1).ShouldBeTrue();
        ErrorPolicy.StopAfter(3).ShouldStop(2).ShouldBeFalse();
        ErrorPolicy.StopAfter(3).ShouldStop(3).ShouldBeTrue();
        ErrorPolicy.StopAfter(1).ShouldBe(ErrorPolicy.FailFast);
    }

    [Theory, InlineData("3"), InlineData("50%"), InlineData("1%"), InlineData("100%")]
    public void an_amount_reads_what_it_prints(string text)
    {
        Until.TryParse(text, out Until? until, out _).ShouldBeTrue();

        until!.ToString().ShouldBe(text);
    }

    [Theory, InlineData("0"), InlineData("-3"), InlineData("0%"), InlineData("101%"), InlineData("%"), InlineData("half"), InlineData("")]
    public void any_other_amount_is_refused(string text)
    {
        Until.TryParse(text, out _, out string? reason).ShouldBeFalse();

        reason.ShouldBe($"'{text}' is not an amount of jobs: use a count of at least 1 (3) or a share from 1% to 100% (50%).");
    }

    [Fact]
    public void a_share_is_rounded_up_and_needs_a_total()
    {
        Until.Percent(50).Needed(null).ShouldBeNull();
        Until.Percent(50).Needed(3).ShouldBe(2);
        Until.Percent(1).Needed(10).ShouldBe(1);
        Until.Percent(50).IsMet(1_000, total: null).ShouldBeFalse();
        Until.Count(3).IsMet(3, total: null).ShouldBeTrue();
    }

    [Theory, InlineData("50/s"), InlineData("1/ms"), InlineData("100/min"), InlineData("5/h")]
    public void a_rate_reads_what_it_prints(string text)
    {
        RateLimit.TryParse(text, out RateLimit? limit, out _).ShouldBeTrue();

        limit!.ToString().ShouldBe(text);
    }

    [Theory, InlineData("50"), InlineData("0/s"), InlineData("/s"), InlineData("50/day"), InlineData("1/s/s"), InlineData("")]
    public void any_other_rate_is_refused(string text)
    {
        RateLimit.TryParse(text, out _, out string? reason).ShouldBeFalse();

        reason.ShouldBe($"'{text}' is no rate: use a count of at least 1, a slash and ms, s, min or h (50/s).");
    }

    [Fact]
    public void backoff_doubles_up_to_its_ceiling()
    {
        var policy = new RetryPolicy(10) { Jitter = 0, FirstDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(5) };

        Enumerable.Range(1, 5).Select(attempt => policy.NextDelay(attempt, new Random(1)).TotalSeconds).ShouldBe([1, 2, 4, 5, 5]);
        policy.MayRetry(10).ShouldBeTrue();
        policy.MayRetry(11).ShouldBeFalse();
    }

    [Fact]
    public void jitter_spreads_the_waits_within_its_share_and_repeats_from_its_seed()
    {
        var policy = new RetryPolicy(1) { FirstDelay = TimeSpan.FromSeconds(1), Jitter = 0.5 };
        double[] Drawn(int seed)
        {
            var random = new Random(seed);
            return [.. Enumerable.Range(0, 100).Select(_ => policy.NextDelay(1, random).TotalSeconds)];
        }

        Drawn(1).ShouldAllBe(seconds => seconds >= 0.5 && seconds <= 1.5);
        Drawn(1).ShouldBe(Drawn(1));
        Drawn(1).ShouldNotBe(Drawn(2));
    }

    [Fact]
    public void a_wait_is_a_wait_whatever_the_numbers()
    {
        var atOnce = new RetryPolicy(5000) { FirstDelay = TimeSpan.Zero };
        var wild = new RetryPolicy(5000) { Jitter = 3 };
        var random = new Random(1);

        atOnce.NextDelay(5000, random).ShouldBe(TimeSpan.Zero);
        Enumerable.Range(1, 5000).Select(attempt => wild.NextDelay(attempt, random)).ShouldAllBe(wait => wait >= TimeSpan.Zero && wait <= wild.MaxDelay);
    }

    [Fact]
    public void the_longest_wait_is_spread_too()
    {
        var policy = new RetryPolicy(100);
        var random = new Random(1);

        Enumerable.Range(0, 100).Select(_ => policy.NextDelay(50, random)).Distinct().Count().ShouldBeGreaterThan(40);
    }
}
