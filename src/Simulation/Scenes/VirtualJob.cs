using AsyncTour.Grains.Jobs;
using AsyncTour.Simulation.Watching;
using Orleans.Runtime;

namespace AsyncTour.Simulation.Scenes;

/// <summary>
/// A job in virtual time, in the place of <c>sleep</c>, <c>spin</c> and <c>block</c>: it takes its duration without holding a thread,
/// because there is only one. It says when it begins and ends, so that the invariants can be checked against what really ran.
/// </summary>
/// <remarks>It is a blocking kind too, by name: the strategy <c>executor</c> takes nothing else. Each silo has as many cores as it needs.</remarks>
internal abstract class VirtualJob(TimeProvider time, IGrainContextAccessor grain, ILocalSiloDetails silo, JobWatch watch) : IJobHandler, IBlockingJobHandler
{
    /// <summary>Whether it stops when it is told to; the notebook's blocking calls do not.</summary>
    protected abstract bool CanBeStopped { get; }

    public string? Refuse(string argument) =>
        Duration.TryParse(argument, out _) ? null : "is not a duration; " + Duration.Allowed;

    public async ValueTask<string?> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var worker = grain.GrainContext.GrainId;
        watch.Began(worker, silo.Name, job);
        try
        {
            await Task.Delay(Duration.Parse(job.Argument), time, CanBeStopped ? cancellationToken : CancellationToken.None);
            return job.Key;
        }
        finally
        {
            watch.Ended(worker, silo.Name, job);
        }
    }

    public string? Run(Job job, CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"{GetType().Name} runs by awaiting: blocking the one thread of virtual time would stop everything.");
}

/// <inheritdoc/>
internal sealed class VirtualSleep(TimeProvider time, IGrainContextAccessor grain, ILocalSiloDetails silo, JobWatch watch) : VirtualJob(time, grain, silo, watch)
{
    protected override bool CanBeStopped => true;
}

/// <inheritdoc/>
internal sealed class VirtualBlock(TimeProvider time, IGrainContextAccessor grain, ILocalSiloDetails silo, JobWatch watch) : VirtualJob(time, grain, silo, watch)
{
    protected override bool CanBeStopped => false;
}
