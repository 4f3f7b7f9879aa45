namespace AsyncTour.Concurrency.Tests.Throwing;

/// <summary>What a user's own code throws here, with the place it was thrown at.</summary>
public sealed class BrokenException(string place) : Exception(place)
{
    /// <summary>Throws if this is the place to throw at.</summary>
    public static void If(string place, string at)
    {
        if (place == at)
            throw new BrokenException(place);
    }
}
