using AsyncTour.Concurrency.Pools;

namespace AsyncTour.Grains;

/// <summary>
/// Asks again while no silo answers, with pauses that grow and are never quite alike. A call into a dead silo may hang rather
/// than fail, so each try has an end of its own as well.
/// </summary>
/// <param name="limit">How long a silence is borne, from the first question on.</param>
/// <param name="isSilence">Which failures are silence; every other one is an answer.</param>
/// <param name="unanswered">Told when a question has gone unanswered for the first time and is asked again.</param>
internal sealed class Patience(TimeProvider time, Random random, TimeSpan limit, Func<Exception, bool> isSilence, Action? unanswered = null)
{
    // Answered at once by a silo that lives. Nothing is lost by asking twice, and a death is known after seconds: short
    // tries are there when it is.
    private static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(5);
    private static readonly RetryPolicy Pauses = new(int.MaxValue) { FirstDelay = TimeSpan.FromMilliseconds(50), MaxDelay = TimeSpan.FromSeconds(1) };

    /// <summary>The answer, or the last failure once patience has ended. Only for questions that may be asked twice.</summary>
    public Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken) => AskAsync(ask, TimeSpan.Zero, cancellationToken);

    /// <summary>The same for a question that may be answered only after <paramref name="wait"/>.</summary>
    public async Task<T> AskAsync<T>(Func<Task<T>> ask, TimeSpan wait, CancellationToken cancellationToken)
    {
        var silentSince = time.GetTimestamp();
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await ask().WaitAsync(wait + LongestTry, time, cancellationToken);
            }
            catch (Exception e) when ((isSilence(e) || WasCalledOff(e, cancellationToken)) && time.GetElapsedTime(silentSince) < limit)
            {
                if (tries == 1)
                {
                    unanswered?.Invoke();
                }
            }

            await Task.Delay(NextPause(tries), time, cancellationToken);
        }
    }

    /// <inheritdoc cref="AskAsync{T}(Func{Task{T}}, TimeSpan, CancellationToken)"/>
    public Task AskAsync(Func<Task> ask, TimeSpan wait, CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            await ask();
            return true;
        },
        wait,
        cancellationToken);

    // A call that its silo called off, because it was given up or is stopping, ends as cancelled though nobody here wanted it.
    private static bool WasCalledOff(Exception e, CancellationToken cancellationToken) =>
        e is OperationCanceledException && !cancellationToken.IsCancellationRequested;

    private TimeSpan NextPause(int tries)
    {
        lock (random)
        {
            return Pauses.NextDelay(tries, random);
        }
    }
}
