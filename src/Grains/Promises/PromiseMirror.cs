using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Grains.Promises;

/// <summary>
/// A local future that becomes what a promise becomes. It only looks on: cancelling it ends the looking and leaves the
/// promise as it is, for others may be waiting too.
/// </summary>
internal sealed class PromiseMirror<T>(string id) : Future<T>
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _ended = new();

    /// <summary>Set when nobody looks on any more.</summary>
    public CancellationToken Ended => _ended.Token;

    public override bool Cancel(string? message = null)
    {
        lock (_gate)
        {
            if (!base.Cancel(message))
            {
                return false;
            }
        }

        _ended.Cancel();
        return true;
    }

    public override void SetResult(T result) => throw IsSettledElsewhere();

    public override void SetException(Exception exception) => throw IsSettledElsewhere();

    public void Show(T result)
    {
        lock (_gate)
        {
            if (!IsDone)
            {
                base.SetResult(result);
            }
        }
    }

    public void Show(Exception failure)
    {
        lock (_gate)
        {
            if (IsDone)
            {
                return;
            }

            if (failure is OperationCanceledException)
            {
                base.Cancel(failure.Message);
            }
            else
            {
                base.SetException(failure);
            }
        }
    }

    private InvalidStateException IsSettledElsewhere() =>
        new($"This future mirrors the promise '{id}': settle the promise, and the future follows.");
}
