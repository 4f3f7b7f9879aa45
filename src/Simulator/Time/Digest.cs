namespace AsyncTour.Simulator.Time;

/// <summary>
/// One number for a whole history: every turn, message and fault is folded in as it happens, with its instant, so two histories that
/// differ anywhere, or only in order, have different digests.
/// </summary>
internal sealed class Digest(VirtualClock clock)
{
    private ulong _value = 0x243f6a8885a308d3;

    public ulong Value => _value;

    /// <summary>How many things have been folded in.</summary>
    public long Count { get; private set; }

    public void Add(Happening what, uint whom, uint more = 0)
    {
        unchecked
        {
            var one = ((ulong)clock.Now * 0x9e3779b97f4a7c15) ^ ((ulong)whom << 32) ^ ((ulong)more << 8) ^ (ulong)what;
            _value = (ulong.RotateLeft(_value, 23) ^ one) * 0xd6e8feb86659fd93;
        }

        Count++;
    }

    public override string ToString() => SeededChoice.Mixed(_value).ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What a history is made of.</summary>
internal enum Happening : byte
{
    Turn = 1,
    ClientTurn,
    Instant,
    Request,
    Answer,
    Stop,
    Loss,
    Held,
    Timeout,
    Crash,
    Death,
    Start,
    Partition,
    Heal,
}
