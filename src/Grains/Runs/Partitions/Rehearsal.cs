using System.Diagnostics.CodeAnalysis;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Grains.Runs.Partitions;

/// <summary>Short jobs, counted nowhere, dealt out so that the run itself meets live grains and warm code on the whole way to the workers and back.</summary>
internal sealed class Rehearsal(string kind, int jobs) : IPartitionedRun
{
    private int _dealt;

    public StopOrder Stopping { get; } = new();

    public bool TryDeal([MaybeNullWhen(false)] out DealtJob dealt, out int place)
    {
        place = _dealt;
        dealt = _dealt < jobs ? new DealtJob(new Job(_dealt++, kind, "1ms", "warm-up"), 1, null, null, null) : null;
        return dealt is not null;
    }

    public bool IsLastRound(long workers) => true;

    public ValueTask<bool> WaitToDealAsync(CancellationToken cancellation) => new(false);

    public void Began(int jobs)
    {
    }

    public void Ended(Outcome outcome, Job job, int place)
    {
    }

    public void Relay(IdleNote note)
    {
    }

    public Task StayAsync() => Task.CompletedTask;
}
