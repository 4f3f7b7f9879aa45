namespace AsyncTour.Simulator.Runtime;

/// <summary>
/// Which work may run now. Arrivals are looked at in order, and those that may not run yet are passed over, so order of arrival is no
/// promise. Touched only in turns of its activation.
/// </summary>
internal sealed class Admission(bool reentrant)
{
    private Dictionary<Guid, int>? _sections;
    private WorkList _waiting;
    private WorkList _running;
    private Work? _blocking;
    private int _exceptions;

    public bool IsIdle => _running.IsEmpty;

    public bool HasWaiting => !_waiting.IsEmpty;

    public void Wait(Work work)
    {
        _waiting.Add(work);
        if (MayJumpQueue(work))
            _exceptions++;
    }

    /// <summary>Takes the next waiting work that may run, or null.</summary>
    public Work? Next()
    {
        if (_waiting.IsEmpty || (_blocking is not null && _exceptions == 0 && !reentrant))
            return null;
        for (var work = _waiting.First; work is not null; work = work.Next)
        {
            if (!MayRun(work))
                continue;
            StopWaiting(work);
            return work;
        }

        return null;
    }

    public bool MayRun(Work work) =>
        _running.IsEmpty
        || work.AlwaysInterleaves
        || _blocking is null
        || (work.IsReadOnly && _blocking.IsReadOnly)
        || _sections?.ContainsKey(work.ReentrancyId) == true
        || reentrant;

    public void Begin(Work work)
    {
        _running.Add(work);
        if (_blocking is null && !work.AlwaysInterleaves)
            _blocking = work;
    }

    public void End(Work work)
    {
        _running.Remove(work);
        if (_blocking != work)
            return;
        _blocking = _running.First;
        while (_blocking is { AlwaysInterleaves: true })
            _blocking = _blocking.Next;
    }

    public void StopWaiting(Work work)
    {
        _waiting.Remove(work);
        if (MayJumpQueue(work))
            _exceptions--;
    }

    public void EnterSection(Guid id)
    {
        _sections ??= [];
        _sections[id] = _sections.GetValueOrDefault(id) + 1;
    }

    public void LeaveSection(Guid id)
    {
        if (_sections?.GetValueOrDefault(id) > 1)
            _sections[id]--;
        else
            _sections?.Remove(id);
    }

    /// <summary>Takes everything that waits.</summary>
    public IEnumerable<Work> Drain()
    {
        while (_waiting.First is { } work)
        {
            StopWaiting(work);
            yield return work;
        }
    }

    public IEnumerable<Work> Running()
    {
        for (var work = _running.First; work is not null; work = work.Next)
            yield return work;
    }

    public IEnumerable<Work> Waiting()
    {
        for (var work = _waiting.First; work is not null; work = work.Next)
            yield return work;
    }

    private static bool MayJumpQueue(Work work) => work.AlwaysInterleaves || work.IsReadOnly || work.ReentrancyId != Guid.Empty;
}
