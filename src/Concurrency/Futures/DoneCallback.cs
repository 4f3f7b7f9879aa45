namespace AsyncTour.Concurrency.Futures;

/// <summary>One who wants to know that a future is done, and where it wants to be told: at home, or at once when it has none.</summary>
internal sealed record DoneCallback(Delegate Subject, Action Tell, Home? Home)
{
    public void Announce()
    {
        if (Home is { } home)
            home.Post(static tell => tell(), Tell);
        else
            Tell();
    }
}
