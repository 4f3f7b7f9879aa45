using AsyncTour.Concurrency.Futures;
using AsyncTour.Concurrency.Tests.Turns;

namespace AsyncTour.Concurrency.Tests.Futures;

public sealed class FutureTests
{
    [Fact]
    public void a_new_future_is_pending()
    {
        var future = new Future<string>();

        future.IsDone.ShouldBeFalse();
        future.IsCancelled.ShouldBeFalse();
        future.ToString().ShouldBe("<Future pending>");
        Should.Throw<InvalidStateException>(() => future.Result).Message.ShouldBe("Result is not set: the future is pending. Await it first.");
        Should.Throw<InvalidStateException>(() => future.Exception);
    }

    [Fact]
    public void a_result_settles_it_for_good()
    {
        var future = new Future<string>();

        future.SetResult("Sam");

        future.Result.ShouldBe("Sam");
        future.Exception.ShouldBeNull();
        future.ToString().ShouldBe("<Future finished result='Sam'>");
        Should.Throw<InvalidStateException>(() => future.SetResult("Max"))
            .Message.ShouldBe("A result cannot be set on <Future finished result='Sam'>: the first settlement wins.");
        Should.Throw<InvalidStateException>(() => future.SetException(new IOException("late")));
        future.Cancel().ShouldBeFalse();
        future.Result.ShouldBe("Sam");
    }

    [Fact]
    public void a_failure_is_thrown_by_the_result_and_told_by_the_exception()
    {
        var future = new Future<string>();

        future.SetException(new IOException("no such host"));

        future.Exception.ShouldBeOfType<IOException>();
        Should.Throw<IOException>(() => future.Result).Message.ShouldBe("no such host");
        future.ToString().ShouldBe("<Future finished exception=IOException('no such host')>");
    }

    [Fact]
    public void cancelling_is_a_way_to_be_done()
    {
        var future = new Future<string>();

        future.Cancel("enough").ShouldBeTrue();

        future.IsDone.ShouldBeTrue();
        future.IsCancelled.ShouldBeTrue();
        future.ToString().ShouldBe("<Future cancelled>");
        Should.Throw<OperationCanceledException>(() => future.Result).Message.ShouldBe("enough");
        Should.Throw<OperationCanceledException>(() => future.Exception);
        future.Cancel().ShouldBeFalse();
        Should.Throw<InvalidStateException>(() => future.SetResult("Sam"));
    }

    [Fact]
    public void callbacks_run_later_in_the_order_they_were_added() => TurnScheduler.Run(async turn =>
    {
        var future = new Future<int>();
        List<string> heard = [];
        future.AddDoneCallback(_ => heard.Add("first"));
        future.AddDoneCallback(_ => heard.Add("second"));

        future.SetResult(1);
        heard.ShouldBeEmpty("a callback runs on a later turn, not inside SetResult");
        future.AddDoneCallback(_ => heard.Add("late"));
        await Task.Delay(TimeSpan.FromSeconds(1), turn.Time);

        heard.ShouldBe(["first", "second", "late"]);
    });

    [Fact]
    public void a_callback_can_be_taken_back() => TurnScheduler.Run(async turn =>
    {
        var future = new Future<int>();
        int heard = 0;
        void Callback(Future _) => heard++;
        future.AddDoneCallback(Callback);
        future.AddDoneCallback(Callback);

        future.RemoveDoneCallback(Callback).ShouldBe(2);
        future.RemoveDoneCallback(Callback).ShouldBe(0);
        future.SetResult(1);
        await Task.Delay(TimeSpan.FromSeconds(1), turn.Time);

        heard.ShouldBe(0);
    });

    [Fact]
    public void all_who_wait_come_back_on_their_scheduler() => TurnScheduler.Run(async turn =>
    {
        var future = new Future<int>();
        async Task<int> WaitAsync()
        {
            int result = await future;
            turn.MustBeCurrent();
            return result;
        }

        Task<int>[] waiting = [WaitAsync(), WaitAsync(), future.AsTask()];
        future.SetResult(7);

        (await Task.WhenAll(waiting)).ShouldBe([7, 7, 7]);
    });

    [Fact]
    public void a_callback_sees_the_ambient_values_of_whoever_added_it() => TurnScheduler.Run(async turn =>
    {
        var ambient = new AsyncLocal<string>();
        var future = new Future<int>();
        string? seen = null;
        ambient.Value = "the adder's";
        future.AddDoneCallback(_ => seen = ambient.Value);

        ambient.Value = "the settler's";
        future.SetResult(1);
        await Task.Delay(TimeSpan.FromSeconds(1), turn.Time);

        seen.ShouldBe("the adder's");
    });
}
