using Orleans;
using Orleans.Placement;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Tests.Time;

internal interface IVirtualGrain : IGrainWithIntegerKey
{
    Task<string> Sleep(TimeSpan time);

    [ResponseTimeout("365.00:00:00")]
    Task<string> SleepLong(TimeSpan time, CancellationToken cancellationToken);

    Task<int> Count();

    Task<int> Relay(int hops);

    /// <summary>Has another grain call this one back, which cannot answer while it waits for the other.</summary>
    [ResponseTimeout("365.00:00:00")]
    Task AskBack(long other);

    [ResponseTimeout("365.00:00:00")]
    Task Nudge(long back);

    Task Stray(string how);
}

[RandomPlacement]
internal sealed class VirtualGrain(TimeProvider time, ILocalSiloDetails silo) : Grain, IVirtualGrain
{
    private int _count;

    public async Task<string> Sleep(TimeSpan span)
    {
        await Task.Delay(span, time);
        return silo.Name;
    }

    public async Task<string> SleepLong(TimeSpan span, CancellationToken cancellationToken)
    {
        await Task.Delay(span, time, cancellationToken);
        return silo.Name;
    }

    public Task<int> Count() => Task.FromResult(++_count);

    public async Task<int> Relay(int hops)
    {
        if (hops == 0)
            return 0;
        return 1 + await GrainFactory.GetGrain<IVirtualGrain>(this.GetPrimaryKeyLong() + 1).Relay(hops - 1);
    }

    public Task AskBack(long other) => GrainFactory.GetGrain<IVirtualGrain>(other).Nudge(this.GetPrimaryKeyLong());

    public Task Nudge(long back) => GrainFactory.GetGrain<IVirtualGrain>(back).Nudge(this.GetPrimaryKeyLong());

    public async Task Stray(string how)
    {
        switch (how)
        {
            case "configure":
                await Task.Delay(TimeSpan.FromSeconds(1), time);
                await DoneElsewhere().ConfigureAwait(false);
                break;
            case "run":
                await DoneElsewhere();
                break;
            default:
                await LeaveAsync();
                break;
        }
    }

    // Done by a thread of the pool, and not before it is awaited: an await of what is done already leaves nothing.
    private static Task DoneElsewhere()
    {
        var done = new TaskCompletionSource();
        _ = NextTurnAsync();
        return done.Task;

        async Task NextTurnAsync()
        {
            await Task.Yield();
            _ = Task.Run(done.SetResult);
        }
    }

    // Real time on purpose: that is the mistake.
    private static Task LeaveAsync() => Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
}
