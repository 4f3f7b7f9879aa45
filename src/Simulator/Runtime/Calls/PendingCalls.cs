
namespace AsyncTour.Simulator.Runtime;

/// <summary>
/// The calls that wait for an answer, so that the late ones can be given up. They are linked through themselves, in stripes with a lock
/// each, because every call comes here twice.
/// </summary>
internal sealed class PendingCalls(TimeProvider time)
{
    private readonly Stripe[] _stripes = [.. Enumerable.Range(0, 16).Select(_ => new Stripe())];

    public void Add(Call call, TimeSpan timeout)
    {
        call.Timeout = timeout;
        call.Deadline = timeout == Timeout.InfiniteTimeSpan
            ? long.MaxValue
            : time.GetTimestamp() + (long)(timeout.TotalSeconds * time.TimestampFrequency);
        var index = Environment.CurrentManagedThreadId & 15;
        call.PendingStripe = index;
        _stripes[index].Add(call);
    }

    public void Remove(Call call)
    {
        if (call.PendingStripe >= 0)
            _stripes[call.PendingStripe].Remove(call);
    }

    /// <summary>The calls whose time is over. They stay until they are removed.</summary>
    public List<Call> Late()
    {
        var now = time.GetTimestamp();
        return Find(call => now > call.Deadline);
    }

    public List<Call> Find(Predicate<Call> which)
    {
        var found = new List<Call>();
        foreach (var stripe in _stripes)
            stripe.Find(which, found);
        return found;
    }

    private sealed class Stripe
    {
        private readonly Lock _gate = new();
        private Call? _first;

        public void Add(Call call)
        {
            lock (_gate)
            {
                call.LaterPending = _first;
                if (_first is not null)
                    _first.EarlierPending = call;
                _first = call;
            }
        }

        public void Remove(Call call)
        {
            lock (_gate)
            {
                if (call.EarlierPending is { } earlier)
                    earlier.LaterPending = call.LaterPending;
                else if (_first == call)
                    _first = call.LaterPending;
                if (call.LaterPending is { } later)
                    later.EarlierPending = call.EarlierPending;
                call.EarlierPending = call.LaterPending = null;
            }
        }

        public void Find(Predicate<Call> which, List<Call> found)
        {
            lock (_gate)
            {
                for (var call = _first; call is not null; call = call.LaterPending)
                {
                    if (which(call))
                        found.Add(call);
                }
            }
        }
    }
}
