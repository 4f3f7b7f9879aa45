namespace AsyncTour.Simulator.Time;

/// <summary>
/// Random numbers from a seed, the same in every process and every version of .NET (SplitMix64). Each purpose has a stream of its
/// own, so that one more message does not change which turn runs next.
/// </summary>
internal sealed class SeededChoice(ulong seed) : Random(0)
{
    private ulong _state = seed;

    /// <summary>The stream of one purpose under one seed.</summary>
    public static SeededChoice For(int seed, Purpose purpose) =>
        new(Mixed(unchecked(((ulong)(uint)seed << 8) + (ulong)purpose + 1)));

    public static ulong Mixed(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
            value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
            return value ^ (value >> 31);
        }
    }

    public ulong NextUInt64() => Mixed(unchecked(_state += 0x9e3779b97f4a7c15));

    /// <summary>A number below the bound. A bias of one in 2⁶⁴ / bound is of no matter here.</summary>
    public int Below(int bound) => (int)Math.BigMul(NextUInt64(), (ulong)bound, out _);

    public override int Next() => (int)(NextUInt64() >> 33);

    public override int Next(int maxValue) => maxValue <= 1 ? 0 : Below(maxValue);

    public override int Next(int minValue, int maxValue) => minValue + Next(maxValue - minValue);

    public override long NextInt64() => (long)(NextUInt64() >> 1);

    public override double NextDouble() => Sample();

    public override float NextSingle() => (float)(NextUInt64() >> 40) * (1f / (1 << 24));

    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    public override void NextBytes(Span<byte> buffer)
    {
        foreach (ref var one in buffer)
            one = (byte)(NextUInt64() >> 56);
    }

    protected override double Sample() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));
}

/// <summary>What random numbers are drawn for.</summary>
internal enum Purpose
{
    Turns,
    Placement,
    Network,
    Faults,
    User,
}
