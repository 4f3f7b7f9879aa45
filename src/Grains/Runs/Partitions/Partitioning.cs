using AsyncTour.Grains.Jobs;
using AsyncTour.Tracing.Conventions;
using Orleans;

namespace AsyncTour.Grains.Runs.Partitions;

/// <summary>Deals a run's jobs out to its partitions: to each as many as it has workers, and then some in advance.</summary>
internal sealed class Partitioning
{
    private readonly int _partitions;
    private readonly PartitionLink[] _links;
    private readonly IPartitionedRun _run;
    private readonly Pulse _room = new();
    private readonly Epochs _epochs;
    private int _next;

    public Partitioning(IGrainFactory grains, string runId, RunSpec spec, int? workers, IPartitionedRun run, Epochs epochs, TimeProvider time)
    {
        _partitions = spec.Partitions;
        _run = run;
        _epochs = epochs;
        _links = [.. Enumerable.Range(0, spec.Partitions).Select(number => new PartitionLink(
            grains.GetGrain<IPartitionGrain>(WorkerGrain.KeyOf(runId, number)),
            new PartitionSpec(0, SpecOf(spec, workers, number), number, spec.Partitions, TourActivitySource.IsRecorded, run is Rehearsal),
            run,
            _room,
            time))];
    }

    /// <summary>Jobs dealt that never started.</summary>
    public IEnumerable<Job> NeverStarted => _links.SelectMany(link => link.NeverStarted);

    /// <summary>The most jobs that are in flight at once; without a bound, all of them.</summary>
    public int MostInFlight => _links.Sum(link => Room(link)) is var all && all < RunSpec.MostWorkers * 2L ? (int)all : int.MaxValue;

    /// <summary>Opens every partition.</summary>
    public Task OpenAsync()
    {
        var epoch = _epochs.Next();
        return Task.WhenAll(_links.Select(link => link.OpenAsync(epoch)));
    }

    /// <summary>Runs every job of the run. Ends when nothing is running any more.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var working = Task.WhenAll(_links.Select(link => link.WorkAsync(_epochs)));
        using var told = stop.Register(() => Array.ForEach(_links, link => link.Stop()));
        var dealing = DealAsync(stop);
        await Task.WhenAny(dealing, working);
        Array.ForEach(_links, link => link.Over());
        await working;
        await dealing;
    }

    public Task CloseAsync() => Task.WhenAll(_links.Select(link => link.CloseAsync()));

    /// <summary>A job that was dealt and has not ended; <c>null</c> if it is not in flight.</summary>
    public Job? Find(int index) => LinkOf(index)?.Find(index);

    /// <summary>Whether a worker is at a job.</summary>
    public Task<bool> IsRunningAsync(int index) => LinkOf(index)?.IsRunningAsync(index) ?? Task.FromResult(false);

    /// <summary>Stops one job in flight; answers whether it is.</summary>
    public async Task<bool> StopJobAsync(int index, string reason)
    {
        if (LinkOf(index) is not { } link)
        {
            return false;
        }

        await link.StopJobAsync(index, reason);
        return true;
    }

    private PartitionLink? LinkOf(int index) => Array.Find(_links, link => link.Find(index) is not null);

    private async Task DealAsync(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                if (NextWithRoom() is not { } link)
                {
                    await _room.NextAsync(stop);
                }
                else if (_run.TryDeal(out var dealt, out var place))
                {
                    link.Deal(dealt, place);
                }
                else if (!await _run.WaitToDealAsync(stop))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop: the rest is not dealt.
        }
    }

    // Turn about, so that a short input is spread; in advance only when every worker of every partition has a job, and not in
    // the end, when a job that waits behind others in one partition could have gone to a free worker of the next.
    private PartitionLink? NextWithRoom() =>
        NextWith(static link => link.InFlight < link.Workers)
        ?? (_run.IsLastRound(_links.Sum(static link => (long)link.Workers)) ? null : NextWith(static link => link.InFlight < Room(link)));

    private PartitionLink? NextWith(Func<PartitionLink, bool> room)
    {
        for (var i = 0; i < _links.Length; i++)
        {
            var number = (_next + i) % _links.Length;
            if (room(_links[number]))
            {
                _next = number + 1;
                return _links[number];
            }
        }

        return null;
    }

    // A worker's next job must be there when it ends one; what is dealt too early cannot go to a partition that is free sooner.
    private static long Room(PartitionLink link) => link.Workers + ((link.Workers + 1L) / 2);

    private RunSpec SpecOf(RunSpec spec, int? workers, int number) => new()
    {
        Strategy = spec.Strategy,
        MaxWorkers = workers is { } all ? PartOf(all, number) : null,
        JobTimeout = spec.JobTimeout,
        Retries = spec.Retries,
        AtMostOnce = spec.AtMostOnce,
    };

    private int PartOf(int all, int number) => (all - number + _partitions - 1) / _partitions;
}
