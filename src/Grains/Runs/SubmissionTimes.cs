namespace AsyncTour.Grains.Runs;

/// <summary>When each job came in. Jobs come in batches, so this is kept per batch.</summary>
internal sealed class SubmissionTimes
{
    private readonly List<(int End, long At)> _batches = [];

    /// <summary>The jobs from the last batch's end up to this index came in at that timestamp.</summary>
    public void Add(int end, long at) => _batches.Add((end, at));

    /// <summary>The timestamp at which a job came in; <c>null</c> for a job that an earlier coordinator took in.</summary>
    public long? Of(int index)
    {
        var place = _batches.BinarySearch((index, long.MaxValue), ByEnd.Instance);
        place = place < 0 ? ~place : place;
        return place < _batches.Count && _batches[place].At != Unknown ? _batches[place].At : null;
    }

    /// <summary>Nobody knows any more when the jobs up to this index came in.</summary>
    public void Forget(int end) => Add(end, Unknown);

    private const long Unknown = long.MinValue;

    private sealed class ByEnd : IComparer<(int End, long At)>
    {
        public static readonly ByEnd Instance = new();

        // A batch's end is the first index that is not in it.
        public int Compare((int End, long At) batch, (int End, long At) sought) => batch.End <= sought.End ? -1 : 1;
    }
}
