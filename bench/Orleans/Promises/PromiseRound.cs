namespace AsyncTour.Orleans.Bench.Promises;

/// <summary>When a killed silo is started again.</summary>
internal enum Restart
{
    /// <summary>At once, at its old place: its successor announces the death.</summary>
    AtOnce,

    /// <summary>Once every answer has come: the others must find out for themselves.</summary>
    AfterAnswers,
}

/// <summary>Promises across one kill, as two other clients saw them.</summary>
/// <param name="Number">Which kill, from 1.</param>
/// <param name="Silo">The silo that was killed, right after the acknowledgement.</param>
/// <param name="WasHome">Whether the promise that had just been set lived there.</param>
/// <param name="Restart">When the silo was started again.</param>
/// <param name="Got">What another client read, against what was acknowledged.</param>
/// <param name="Waited">What the open waits answered, against what was set while the silo was dead.</param>
/// <param name="RaceWinners">How many of two clients were told that they had settled the promise they raced for.</param>
/// <param name="RaceValue">What both then read, against what the winner had set.</param>
/// <param name="GetTook">From the kill to the answer of <c>get</c>.</param>
/// <param name="WaitTook">From the kill to the last answer of an open <c>wait</c>.</param>
internal sealed record PromiseRound(
    int Number, string Silo, bool WasHome, Restart Restart, Seen Got, Seen Waited, int RaceWinners, Seen RaceValue, TimeSpan GetTook, TimeSpan WaitTook)
{
    /// <summary>Whether nothing was lost, and one of the two settlements won.</summary>
    public bool IsWhole => Got.IsRight && Waited.IsRight && RaceWinners == 1 && RaceValue.IsRight;
}

/// <summary>Values that were read, beside those that should have been.</summary>
internal sealed record Seen(IReadOnlyList<string> Values, IReadOnlyList<string> Expected)
{
    public bool IsRight => Values.SequenceEqual(Expected, StringComparer.Ordinal);

    public override string ToString() => $"{string.Join(", ", Values)} (expected {string.Join(", ", Expected)})";
}
