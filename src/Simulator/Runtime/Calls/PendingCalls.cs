namespace AsyncTour.Simulator.Runtime;

/// <summary>
/// The calls that wait for an answer, so that the late ones can be given up. Each knows its slot, in stripes with a lock each, because
/// every call comes here twice, and leaves without touching another.
/// </summary>
internal sealed class PendingCalls(TimeProvider time)
{
    private const int Stripes = 16;

    private readonly Stripe[] _stripes = [.. Enumerable.Range(0, Stripes).Select(_ => new Stripe())];

    public void Add(Call call, TimeSpan timeout)
    {
        call.Timeout = timeout;
        call.Deadline = timeout == Timeout.InfiniteTimeSpan
            ? long.MaxValue
            : time.GetTimestamp() + (long)(timeout.TotalSeconds * time.TimestampFrequency);
        var stripe = Environment.CurrentManagedThreadId % Stripes;
        call.PendingSlot = (_stripes[stripe].Add(call) * Stripes) + stripe;
    }

    public void Remove(Call call)
    {
        if (call.PendingSlot >= 0)
            _stripes[call.PendingSlot % Stripes].Remove(call, call.PendingSlot / Stripes);
    }

    /// <summary>The calls whose time is over. They stay until they are removed.</summary>
    public List<Call> Late()
    {
        var now = time.GetTimestamp();
        return Find(call => now > call.Deadline);
    }

    /// <summary>The latest first.</summary>
    public List<Call> Find(Predicate<Call> which)
    {
        var found = new List<(long Number, Call Call)>();
        foreach (var stripe in _stripes)
            stripe.Find(which, found);
        found.Sort(static (one, other) => other.Number.CompareTo(one.Number));
        return found.ConvertAll(static one => one.Call);
    }

    private sealed class Stripe
    {
        private readonly Lock _gate = new();
        private (long Number, Call? Call)[] _calls = [];
        private int[] _free = [];
        private int _freeCount;
        private long _added;

        public int Add(Call call)
        {
            lock (_gate)
            {
                if (_freeCount == 0)
                    Grow();
                var slot = _free[--_freeCount];
                _calls[slot] = (++_added, call);
                return slot;
            }
        }

        public void Remove(Call call, int slot)
        {
            lock (_gate)
            {
                if (_calls[slot].Call != call)
                    return;
                _calls[slot].Call = null;
                _free[_freeCount++] = slot;
            }
        }

        public void Find(Predicate<Call> which, List<(long Number, Call Call)> found)
        {
            lock (_gate)
            {
                foreach (var (number, call) in _calls)
                {
                    if (call is not null && which(call))
                        found.Add((number, call));
                }
            }
        }

        private void Grow()
        {
            var old = _calls.Length;
            Array.Resize(ref _calls, Math.Max(64, old * 2));
            _free = new int[_calls.Length];
            for (var slot = _calls.Length - 1; slot >= old; slot--)
                _free[_freeCount++] = slot;
        }
    }
}
