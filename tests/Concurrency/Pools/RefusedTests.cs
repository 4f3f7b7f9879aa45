using System.Runtime.CompilerServices;
using AsyncTour.Concurrency.Pools;

namespace AsyncTour.Concurrency.Tests.Pools;

/// <summary>A caller's token often outlives what it was given to, and must not keep hold of what was refused.</summary>
public sealed class RefusedTests
{
    [Fact]
    public async Task a_job_refused_by_a_pool_is_not_kept_by_its_token()
    {
        var pool = new PoolExecutor(1);
        await pool.DisposeAsync();
        using var longLived = new CancellationTokenSource();

        IsCollected(kept => Should.Throw<ObjectDisposedException>(() => pool.Submit(_ => new ValueTask<object>(kept), longLived.Token))).ShouldBeTrue();
    }

    [Fact]
    public async Task a_call_refused_by_an_executor_is_not_kept_by_its_token()
    {
        var executor = new ThreadExecutor(1);
        await executor.DisposeAsync();
        using var longLived = new CancellationTokenSource();

        IsCollected(kept => Should.Throw<ObjectDisposedException>(() => executor.Submit(_ => kept, longLived.Token))).ShouldBeTrue();
    }

    private static bool IsCollected(Action<object> use)
    {
        WeakReference used = Use(use);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return !used.IsAlive;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Use(Action<object> use)
    {
        object kept = new();
        use(kept);
        return new WeakReference(kept);
    }
}
