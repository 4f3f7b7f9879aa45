namespace AsyncTour.Concurrency.Tests.Throwing;

/// <summary>A user's own rule of when two keys are one, and its names for them, one of which throws.</summary>
public sealed class BrokenKey(string place) : IEqualityComparer<BrokenKey>
{
    public const string Finding = "the key function, of a job taken";
    public const string FindingAgain = "the key function, of a job that ended";
    public const string Comparing = "Equals of keys";
    public const string Hashing = "GetHashCode of keys";
    public const string Naming = "ToString of a key";

    private int _asked;

    /// <summary>All jobs have this one key.</summary>
    public BrokenKey Of(int job)
    {
        _asked++;
        if (job == 3)
            BrokenException.If(place, Finding);
        if (job == 0 && _asked > 3)
            BrokenException.If(place, FindingAgain);
        return this;
    }

    public bool Equals(BrokenKey? x, BrokenKey? y)
    {
        BrokenException.If(place, Comparing);
        return true;
    }

    public int GetHashCode(BrokenKey key)
    {
        BrokenException.If(place, Hashing);
        return 0;
    }

    public override string ToString()
    {
        BrokenException.If(place, Naming);
        return "the only key";
    }
}
