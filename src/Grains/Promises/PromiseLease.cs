namespace AsyncTour.Grains.Promises;

/// <summary>
/// How much longer a promise is kept. Every read puts the end off; what is stored follows in steps of an eighth of the
/// time to live, so that a promise that is read a thousand times a second is not written a thousand times a second.
/// </summary>
internal sealed class PromiseLease(TimeSpan timeToLive, DateTimeOffset deadline)
{
    private static readonly TimeSpan ShortestStep = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(15);

    private DateTimeOffset? _renewed;

    /// <summary>When it is over if nobody reads it until then.</summary>
    public DateTimeOffset Deadline => _renewed ?? deadline;

    /// <summary>How often to look whether it is over, or whether the deadline is to be stored.</summary>
    public TimeSpan Step => TimeSpan.FromTicks(Math.Clamp(timeToLive.Ticks / 8, ShortestStep.Ticks, LongestStep.Ticks));

    /// <summary>Whether the stored deadline has fallen so far behind that a crash would cost the promise a part of its life.</summary>
    public bool IsToBeStored => Deadline - deadline >= Step;

    /// <summary>Somebody has read the promise.</summary>
    public void Renew(DateTimeOffset now)
    {
        if (now + timeToLive > Deadline)
        {
            _renewed = now + timeToLive;
        }
    }

    public bool IsOver(DateTimeOffset now) => now >= Deadline;
}
