namespace AsyncTour.Concurrency.Pools;

/// <summary>Starts each job as soon as the input has it, and then waits for them all.</summary>
internal sealed class WaitAllStrategy() : Strategy("wait-all", null)
{
    public override async Task RunAsync<TJob>(IJobSource<TJob> source, Func<TJob, int, ValueTask> run, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(run);

        using var taking = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var fired = new Fired<TJob>(source, run, taking);
        try
        {
            int started = 0;
            while (!taking.IsCancellationRequested)
            {
                if (source.TryTake(out TJob? job))
                    fired.Start(job, started++);
                else if (!await source.WaitToTakeAsync(taking.Token))
                    break;
            }
        }
        catch (OperationCanceledException) when (taking.IsCancellationRequested)
        {
            // Stopped while waiting for input, from outside or by a bug: what runs is still waited for.
        }
        catch (Exception inputFailure)
        {
            fired.StopTaking(inputFailure);
        }

        await fired.EndedAsync();
    }

    /// <summary>The jobs in the air: a count of them, not a list, so that a long run keeps nothing of those that landed.</summary>
    private sealed class Fired<TJob>(IJobSource<TJob> source, Func<TJob, int, ValueTask> run, CancellationTokenSource taking)
    {
        private readonly TaskCompletionSource _landed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _aloft = 1;
        private Exception? _bug;

        public void Start(TJob job, int worker)
        {
            Interlocked.Increment(ref _aloft);
            _ = FlyAsync(job, worker);
        }

        public Task EndedAsync()
        {
            Land();
            return _landed.Task;
        }

        private async Task FlyAsync(TJob job, int worker)
        {
            try
            {
                try
                {
                    await run(job, worker);
                }
                finally
                {
                    source.Finished(job);
                }
            }
            catch (Exception bug)
            {
                StopTaking(bug);
            }

            Land();
        }

        /// <summary>The first to come is what the caller is told.</summary>
        public void StopTaking(Exception bug)
        {
            Interlocked.CompareExchange(ref _bug, bug, null);
            try
            {
                taking.Cancel();
            }
            catch (AggregateException)
            {
                // A callback of the source's on this token threw. The bug came first and is what the caller is told.
            }
        }

        private void Land()
        {
            if (Interlocked.Decrement(ref _aloft) > 0)
                return;

            if (_bug is null)
                _landed.SetResult();
            else
                _landed.SetException(_bug);
        }
    }
}
