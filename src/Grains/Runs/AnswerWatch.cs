using System.Numerics;

namespace AsyncTour.Grains.Runs;

/// <summary>
/// Looks after calls to workers that have not been answered for long. A job may take days, so these calls have no timeout
/// worth the name; but a connection between two silos that both live may break and take an answer with it, and then a lane
/// would wait for ever.
/// </summary>
/// <remarks>
/// After 10 to 20 s, and again each time the wait has doubled, the worker is asked whether it is at the
/// job. One that says no has answered already: if the answer does not arrive now it was lost, and so is the attempt.
/// </remarks>
internal sealed class AnswerWatch(Workers workers, TimeProvider time) : IDisposable
{
    // From one round of questions to the next.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    // An answer that was sent before the worker was asked may still be on its way.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    // Of the longest calls every so manieth round.
    private const int LongestInterval = 32;

    private readonly List<WorkerCall> _calls = [];
    private readonly CancellationTokenSource _over = new();
    private bool _isWatching;
    private int _round;

    /// <summary>A lane's call, to be awaited.</summary>
    public WorkerCall Call(int lane, JobAttempt attempt, CancellationToken stopped)
    {
        while (lane >= _calls.Count)
        {
            _calls.Add(new WorkerCall());
        }

        if (_calls[lane].IsLost)
        {
            _calls[lane] = new WorkerCall();
        }

        if (!_isWatching)
        {
            _isWatching = true;
            _ = WatchAsync();
        }

        return _calls[lane].Of(workers[lane].Run(attempt, stopped), attempt.Job.Index, attempt.Number, _round);
    }

    /// <summary>Asks nobody any more.</summary>
    public void Dispose() => _over.Cancel();

    private async Task WatchAsync()
    {
        while (await PassAsync(Period))
        {
            _round++;
            var due = Enumerable.Range(0, _calls.Count).Where(IsDue).ToList();
            await Workers.ForEachAsync(due, LookAsync);
        }
    }

    private bool IsDue(int lane)
    {
        // Whole rounds: it may have been made just before the last look.
        var age = _round - _calls[lane].Round - 1;
        return _calls[lane].IsUnanswered && age > 0 && (BitOperations.IsPow2(age) || age % LongestInterval == 0);
    }

    private async Task LookAsync(int lane)
    {
        var call = _calls[lane];
        var (index, number) = (call.Index, call.Number);
        if (!_over.IsCancellationRequested && await IsAtAsync(lane, index, number) is false && await PassAsync(Grace)
            && call is { IsUnanswered: true } && (call.Index, call.Number) == (index, number))
        {
            call.Lose();
        }
    }

    // Null when nobody says: the silo may be frozen, or dead without anybody knowing yet, or too old to know the question.
    // Whatever went wrong with the question, it tells nothing of the job.
    private async Task<bool?> IsAtAsync(int lane, int index, int number)
    {
        try
        {
            return await workers[lane].IsAt(index, number);
        }
        catch (Exception)
        {
            return null;
        }
    }

    // False when the watch is over.
    private async Task<bool> PassAsync(TimeSpan span)
    {
        try
        {
            await Task.Delay(span, time, _over.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
