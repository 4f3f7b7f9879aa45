#pragma warning disable
namespace AsyncTour.Concurrency.Pools;

public sealed class ThreadExecutor(int n) : IAsyncDisposable
{
    public Task<T> SubmitAsync<T>(Func<T> f) => Task.Factory.StartNew(f, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    public ValueTask DisposeAsync() => default;
}
