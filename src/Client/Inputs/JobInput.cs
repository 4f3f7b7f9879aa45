using AsyncTour.Grains.Jobs;

namespace AsyncTour.Client.Inputs;

/// <summary>Where a run's jobs come from. Nothing of it is held in memory but the job being handed over.</summary>
internal abstract class JobInput(string kind) : IDisposable
{
    /// <summary>The kind of every job.</summary>
    public string Kind => kind;

    /// <summary>How many jobs there are; <c>null</c> when only the end of the input will tell.</summary>
    public abstract int? Count { get; }

    /// <summary>The input in a few words, for a person: <c>10 sleep jobs of 50ms</c>.</summary>
    public abstract string Description { get; }

    /// <summary>The seed that repeats it; <c>null</c> when nothing was drawn.</summary>
    public virtual int? Seed => null;

    /// <summary>
    /// Makes sure, before anything is started, that there is a job to run. May wait for a first line to be typed.
    /// </summary>
    /// <param name="known">The kinds this process knows, asked for a second opinion on arguments.</param>
    /// <exception cref="Grains.RefusedException">There is none, or it cannot be read.</exception>
    public abstract ValueTask PrepareAsync(JobKinds known, CancellationToken cancellationToken);

    /// <summary>The jobs, pulled one at a time, with indices from 0. The token ends them early.</summary>
    public abstract IAsyncEnumerable<Job> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>Why the jobs ended before the input did, as one sentence; <c>null</c> if they did not.</summary>
    public virtual string? Error => null;

    /// <summary>Lets go of an input that was prepared and never read.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>The same input with another kind of job; <c>null</c> if it has no twin of that kind.</summary>
    public abstract JobInput? As(string otherKind);
}
