namespace AsyncTour.Concurrency.Futures;

/// <summary>What cancelling a token throws when callbacks on it did.</summary>
internal static class Failures
{
    /// <summary>The callback's own exception when only one threw, as if there were nothing in between; all of them otherwise.</summary>
    public static Exception OneOrAll(AggregateException failures)
    {
        AggregateException flat = failures.Flatten();
        return flat.InnerExceptions is [var only] ? only : flat;
    }
}
