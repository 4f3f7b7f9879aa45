using System.Threading.Channels;

namespace AsyncTour.Client.Tour;

/// <summary>
/// asyncio's event loop, as far as the tour needs one: what is ready runs in the order in which it became ready, one turn
/// at a time. It keeps no thread to itself; while nothing is ready, nobody waits.
/// </summary>
internal sealed class EventLoop : SynchronizationContext
{
    private readonly Channel<(SendOrPostCallback Callback, object? State)> _ready =
        Channel.CreateUnbounded<(SendOrPostCallback, object?)>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Runs the main function, and all that it calls back for, to its end (Python: <c>run_until_complete</c>).</summary>
    public static async Task RunAsync(Func<Task> main)
    {
        var loop = new EventLoop();
        var running = loop.MainAsync(main);
        await foreach (var (callback, state) in loop._ready.Reader.ReadAllAsync())
        {
            loop.Turn(callback, state);
        }

        await running;
    }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => _ready.Writer.TryWrite((d, state));

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    private Task MainAsync(Func<Task> main)
    {
        var ended = new TaskCompletionSource();
        Post(_ => _ = RunMainAsync(), null);
        return ended.Task;

        async Task RunMainAsync()
        {
            try
            {
                await main();
                ended.SetResult();
            }
            catch (Exception e)
            {
                ended.SetException(e);
            }
            finally
            {
                _ready.Writer.TryComplete();
            }
        }
    }

    private void Turn(SendOrPostCallback callback, object? state)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }
}
