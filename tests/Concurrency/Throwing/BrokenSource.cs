using System.Diagnostics.CodeAnalysis;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Concurrency.Tests.Turns;

namespace AsyncTour.Concurrency.Tests.Throwing;

/// <summary>Five jobs from a user's own source, one member of which throws, about half way.</summary>
public sealed class BrokenSource(string place, TurnScheduler? turn) : IJobSource<int>
{
    public const string Taking = "TryTake";
    public const string HeldBack = "HeldBy";
    public const string WaitingAtOnce = "WaitToTakeAsync, at once";
    public const string WaitingLater = "WaitToTakeAsync, later";
    public const string CancellingTheWait = "a callback on the token of WaitToTakeAsync";
    public const string Ended = "Finished";
    public const string Disposing = "DisposeAsync";

    private int _next;

    public string? HeldBy => place == HeldBack && _next == 4 ? throw new BrokenException(place) : null;

    public bool TryTake([MaybeNullWhen(false)] out int job)
    {
        job = _next;
        if (_next == 3)
        {
            BrokenException.If(place, Taking);
            if (place is WaitingAtOnce or WaitingLater or CancellingTheWait)
                return false;
        }

        return _next++ < 5;
    }

    public ValueTask<bool> WaitToTakeAsync(CancellationToken cancellation)
    {
        BrokenException.If(place, WaitingAtOnce);
        if (place == CancellingTheWait)
            return SilentAsync(cancellation);
        return place == WaitingLater ? LaterAsync() : new(false);
    }

    public void Finished(int job)
    {
        if (job == 1)
            BrokenException.If(place, Ended);
    }

    public ValueTask DisposeAsync() => place == Disposing ? throw new BrokenException(place) : ValueTask.CompletedTask;

    private async ValueTask<bool> LaterAsync()
    {
        if (turn is null)
            await Task.Yield();
        else
            await Task.Delay(TimeSpan.FromMilliseconds(5), turn.Time);
        throw new BrokenException(place);
    }

    private async ValueTask<bool> SilentAsync(CancellationToken cancellation)
    {
        var given = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration ended = cancellation.Register(() => given.TrySetCanceled(cancellation));
        await using CancellationTokenRegistration broken = cancellation.Register(() => throw new BrokenException(place));
        return await given.Task;
    }
}
