using System.Collections.Concurrent;
using System.Globalization;

namespace AsyncTour.Conformance.Tests;

/// <summary>
/// How a test and the grains it calls wait for one another without sleeping: both run in this process, and meet under a key that no
/// other test uses.
/// </summary>
public sealed class Signals
{
    private static readonly ConcurrentDictionary<string, Signals> _all = new();
    private static int _keys;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _events = new();

    public IReadOnlyCollection<string> Log => _log;

    public static Signals Of(string key) => _all.GetOrAdd(key, static _ => new Signals());

    public static string NewKey() => Interlocked.Increment(ref _keys).ToString("'key'000", CultureInfo.InvariantCulture);

    public void Note(string line) => _log.Enqueue(line);

    public void Raise(string name) => Event(name).TrySetResult();

    /// <summary>Waits for an event; ten seconds without it are a failure, not a wait.</summary>
    public Task When(string name) => Event(name).Task.WaitAsync(TimeSpan.FromSeconds(10));

    /// <summary>The same without a limit, for grains that a test lets go.</summary>
    public Task Until(string name) => Event(name).Task;

    public int Count(string line) => _log.Count(one => one == line);

    private TaskCompletionSource Event(string name) =>
        _events.GetOrAdd(name, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
