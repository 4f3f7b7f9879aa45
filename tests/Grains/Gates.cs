using System.Collections.Concurrent;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Grains.Tests;

/// <summary>Doors that jobs of kind <c>gated</c> stand at, so that a test decides when a job ends and never sleeps.</summary>
public sealed class Gates
{
    private readonly ConcurrentDictionary<string, Gate> _gates = new(StringComparer.Ordinal);

    public Gate this[string name] => _gates.GetOrAdd(name, _ => new Gate());
}

public sealed class Gate
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<int> _arrivals = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when a job at this gate has been told to stop.</summary>
    public Task Told => _told.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public void Tell() => _told.TrySetResult();

    public IReadOnlyCollection<int> Arrivals => _arrivals;

    public void Open() => _open.TrySetResult();

    /// <summary>Waits until so many more jobs have arrived.</summary>
    public async Task Arrived(int jobs)
    {
        for (var i = 0; i < jobs; i++)
        {
            (await _arrived.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeTrue("a job that should have started did not");
        }
    }

    public Task Pass(Job job)
    {
        _arrivals.Enqueue(job.Index);
        _arrived.Release();
        return _open.Task;
    }
}

/// <summary>Waits at the gate its argument names; answers its key.</summary>
public sealed class GatedJob(Gates gates) : IJobHandler
{
    public async ValueTask<string?> RunAsync(Job job, CancellationToken cancellationToken)
    {
        await gates[job.Argument].Pass(job).WaitAsync(cancellationToken);
        return job.Key;
    }
}

/// <summary>Waits at its gate whatever its token says.</summary>
public sealed class StubbornJob(Gates gates) : IJobHandler
{
    public async ValueTask<string?> RunAsync(Job job, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(gates[job.Argument].Tell);
        await gates[job.Argument].Pass(job);
        cancellationToken.ThrowIfCancellationRequested();
        return job.Key;
    }
}

/// <summary>Fails as often as its argument says, and then succeeds.</summary>
public sealed class FlakyJob : IJobHandler
{
    private readonly ConcurrentDictionary<Job, int> _failures = new();

    public ValueTask<string?> RunAsync(Job job, CancellationToken cancellationToken) =>
        _failures.AddOrUpdate(job, 1, (_, failures) => failures + 1) <= int.Parse(job.Argument, System.Globalization.CultureInfo.InvariantCulture)
            ? throw new InvalidOperationException("not yet")
            : new(job.Key);
}
