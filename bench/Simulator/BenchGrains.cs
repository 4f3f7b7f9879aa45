using Orleans;

namespace AsyncTour.Simulator.Bench;

/// <summary>The least that a grain can do.</summary>
public interface INoopGrain : IGrainWithIntegerKey
{
    Task<int> Next(int number);

    Task<int> Yielding(int number, CancellationToken cancellationToken);

    Task<string> Echo(string text);
}

internal sealed class NoopGrain : Grain, INoopGrain
{
    public Task<int> Next(int number) => Task.FromResult(number + 1);

    public async Task<int> Yielding(int number, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return number + 1;
    }

    public Task<string> Echo(string text) => Task.FromResult(text);
}

/// <summary>A coordinator: lanes over workers, as a run has them.</summary>
public interface ILanesGrain : IGrainWithIntegerKey
{
    Task<long> Drive(int lanes, int calls, bool yielding);
}

internal sealed class LanesGrain : Grain, ILanesGrain
{
    public async Task<long> Drive(int lanes, int calls, bool yielding)
    {
        var left = calls;
        var done = 0L;
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(Lane));
        return done;

        async Task Lane(int index)
        {
            var worker = GrainFactory.GetGrain<INoopGrain>(index);
            while (left-- > 0)
            {
                await (yielding ? worker.Yielding(1, CancellationToken.None) : worker.Next(1));
                done++;
            }
        }
    }
}
