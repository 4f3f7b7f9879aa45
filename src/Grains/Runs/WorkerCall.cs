using System.Runtime.CompilerServices;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Grains.Runs;

/// <summary>
/// One lane's call to its worker, awaited like a task, that can be given up when its answer is known to be lost. The lane
/// uses it for call after call.
/// </summary>
internal sealed class WorkerCall : ICriticalNotifyCompletion
{
    private readonly Action _answered;
    private Task<Outcome> _call = Task.FromException<Outcome>(new InvalidOperationException("No call was made."));
    private Action? _goOn;

    public WorkerCall() => _answered = OnAnswered;

    public int Index { get; private set; }

    public int Number { get; private set; }

    /// <summary>The round of looks in which it was made.</summary>
    public int Round { get; private set; }

    /// <summary>Whether somebody waits for its answer.</summary>
    public bool IsUnanswered => _goOn is not null;

    /// <summary>Whether it was given up.</summary>
    public bool IsLost { get; private set; }

    public bool IsCompleted => _call.IsCompleted;

    /// <summary>The next call.</summary>
    public WorkerCall Of(Task<Outcome> call, int index, int number, int round)
    {
        (_call, Index, Number, Round) = (call, index, number, round);
        return this;
    }

    public WorkerCall GetAwaiter() => this;

    /// <exception cref="TimeoutException">Its answer was lost.</exception>
    public Outcome GetResult() =>
        IsLost ? throw new TimeoutException("its worker is not at it any more, and the answer was lost") : _call.GetAwaiter().GetResult();

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation)
    {
        _goOn = continuation;
        _call.GetAwaiter().UnsafeOnCompleted(_answered);
    }

    /// <summary>Gives it up: whoever waits goes on without an answer, and one that should still come is not heard.</summary>
    public void Lose()
    {
        IsLost = true;
        GoOn();
    }

    private void OnAnswered()
    {
        if (IsLost)
        {
            _ = _call.Exception;
        }
        else
        {
            GoOn();
        }
    }

    private void GoOn()
    {
        var goOn = _goOn!;
        _goOn = null;
        goOn();
    }
}
