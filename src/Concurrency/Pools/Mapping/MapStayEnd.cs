using System.Threading.Tasks.Sources;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// What a lane awaits while a stay with a map lasts: used again and again, and apart from the stay, because it is
/// touched once per stay where the rest is touched once per job.
/// </summary>
internal sealed class MapStayEnd(Work stay) : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _core;

    /// <summary>The end of the stay that begins now.</summary>
    public ValueTask Ahead()
    {
        _core.Reset();
        return new(this, _core.Version);
    }

    public void Set(Exception? bug)
    {
        if (bug is null)
            _core.SetResult(true);
        else
            _core.SetException(bug);
    }

    void IValueTaskSource.GetResult(short token)
    {
        try
        {
            _core.GetResult(token);
        }
        finally
        {
            stay.Left();
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
