using AsyncTour.Tracing.Conventions;

namespace AsyncTour.Tracing.Analysis;

/// <summary>
/// Finds every idle gap of every worker that ran anything, and labels it. What the coordinator recorded comes first: a wait
/// covers its time. Of the rest, what lies after the order to stop is draining, what lies between the last start and the
/// last finish of the run is its tail, and what nothing explains is overhead. A gap with two causes is cut in two, so the
/// labels sum to the whole idle time.
/// </summary>
public static class IdleGaps
{
    public static IReadOnlyList<IdleGap> Of(RunTimeline run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Jobs.Count == 0)
            return [];

        var end = run.Jobs.Select(static j => j.Finish).Append(run.Wall).Max();
        var shared = run.Waits.Where(static w => w.Worker is null).ToList();
        var gaps = new List<IdleGap>();
        foreach (var row in run.Workers)
        {
            var own = run.Waits.Where(w => w.Worker == row.Worker);
            var causes = new CauseTrack(run, [.. own, .. shared]);
            foreach (var (from, to) in Holes(row, end))
                causes.Label(row.Worker, from, to, gaps);
        }

        return gaps;
    }

    /// <summary>The times of a row in which no job ran. Jobs that overlap, as in a broken file, count once.</summary>
    private static IEnumerable<(TimeSpan From, TimeSpan To)> Holes(WorkerRow row, TimeSpan end)
    {
        var idleFrom = TimeSpan.Zero;
        foreach (var job in row.Jobs)
        {
            if (job.Start > idleFrom)
                yield return (idleFrom, job.Start);
            idleFrom = job.Finish > idleFrom ? job.Finish : idleFrom;
        }

        if (end > idleFrom)
            yield return (idleFrom, end);
    }

    /// <summary>What explains each instant for one worker; asked for gaps in order of time.</summary>
    private sealed class CauseTrack
    {
        private readonly List<Wait> _waits;
        private readonly TimeSpan _draining;
        private readonly TimeSpan _tailFrom;
        private readonly TimeSpan _tailTo;
        private int _next;

        public CauseTrack(RunTimeline run, List<Wait> waits)
        {
            _waits = waits;
            _waits.Sort(static (a, b) => a.From.CompareTo(b.From));
            _draining = run.DrainingFrom ?? TimeSpan.MaxValue;
            _tailFrom = run.Jobs[^1].Start;
            _tailTo = run.Jobs.Max(static j => j.Finish);
        }

        public void Label(int worker, TimeSpan from, TimeSpan to, List<IdleGap> gaps)
        {
            while (_next < _waits.Count && _waits[_next].To <= from)
                _next++;
            for (var i = _next; from < to; i++)
            {
                var wait = i < _waits.Count && _waits[i].From < to ? _waits[i] : null;
                if (wait is not null && wait.To <= from)
                    continue;
                var clear = wait is null ? to : Earlier(to, wait.From);
                if (clear > from)
                    Unexplained(worker, from, clear, gaps);
                if (wait is null)
                    return;
                var begin = from > wait.From ? from : wait.From;
                from = Earlier(to, wait.To);
                gaps.Add(new IdleGap(worker, begin, from, CauseOf(wait.Cause)));
            }
        }

        /// <summary>No wait was recorded: cut the time at the order to stop and at both ends of the tail.</summary>
        private void Unexplained(int worker, TimeSpan from, TimeSpan to, List<IdleGap> gaps)
        {
            while (from < to)
            {
                var (cause, until) =
                    from >= _tailTo ? (IdleCause.Overhead, to)
                    : from >= _draining ? (IdleCause.Draining, _tailTo)
                    : from >= _tailFrom ? (IdleCause.NoInputLeft, Earlier(_tailTo, _draining))
                    : (IdleCause.Overhead, Earlier(_tailFrom, _draining));
                until = Earlier(to, until);
                gaps.Add(new IdleGap(worker, from, until, cause));
                from = until;
            }
        }

        private static TimeSpan Earlier(TimeSpan a, TimeSpan b) => a < b ? a : b;

        private static IdleCause CauseOf(string recorded) => recorded switch
        {
            WaitCauses.Input => IdleCause.WaitingForInput,
            WaitCauses.RateLimit => IdleCause.RateLimit,
            WaitCauses.KeyBusy => IdleCause.KeyBusy,
            WaitCauses.Retry => IdleCause.RetryWait,
            _ => IdleCause.Overhead,
        };
    }
}
