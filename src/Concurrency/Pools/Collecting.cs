namespace AsyncTour.Concurrency.Pools;

/// <summary>Reading an asynchronous sequence to its end.</summary>
public static class Collecting
{
    /// <summary>
    /// Everything the sequence has, as a list. Unlike .NET's own <c>ToListAsync</c> it stays on the calling scheduler,
    /// so it may be used in a grain's turn.
    /// </summary>
    public static async Task<List<T>> CollectAsync<T>(this IAsyncEnumerable<T> sequence)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        var all = new List<T>();
        await foreach (T item in sequence)
            all.Add(item);
        return all;
    }
}
