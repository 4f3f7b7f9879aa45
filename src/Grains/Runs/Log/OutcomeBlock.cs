using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Grains.Runs.Log;

/// <summary>
/// Outcomes packed into bytes: about a tenth of what they take as objects, and one object for the garbage collector
/// rather than thousands.
/// </summary>
/// <remarks>
/// Indices, workers and times are written as differences to the outcome before, which are small; names of silos once per
/// block. A key that is the job's index, or a value that is its key, is only a bit.
/// </remarks>
internal sealed class OutcomeBlock
{
    private readonly byte[] _bytes;
    private readonly string[] _silos;
    private readonly int _count;
    private readonly int _lowest = int.MaxValue;
    private readonly int _highest = int.MinValue;

    public OutcomeBlock(ReadOnlySpan<Outcome> outcomes)
    {
        using var stream = new MemoryStream();
        using var to = new BinaryWriter(stream, Encoding.UTF8);
        var silos = new List<string>();
        var before = Start;
        foreach (var outcome in outcomes)
        {
            Write(to, outcome, before, silos);
            before = outcome;
            _lowest = Math.Min(_lowest, outcome.Index);
            _highest = Math.Max(_highest, outcome.Index);
        }

        _count = outcomes.Length;
        _silos = [.. silos];
        _bytes = stream.ToArray();
    }

    [Flags]
    private enum Has : byte
    {
        Nothing = 0,
        KeyIsIndex = 1,
        Value = 2,
        ValueIsKey = 4,
        Error = 8,
        Silo = 16,
        HeldBy = 32,
    }

    private static Outcome Start { get; } = new(0, "", JobStatus.NotStarted, null, null, 0, null, 0, default, default);

    /// <summary>False when the job's outcome is certainly not here.</summary>
    public bool MayHold(int index) => index >= _lowest && index <= _highest;

    public ImmutableArray<Outcome> Unpack()
    {
        using var from = new BinaryReader(new MemoryStream(_bytes), Encoding.UTF8);
        var outcomes = ImmutableArray.CreateBuilder<Outcome>(_count);
        var before = Start;
        for (var i = 0; i < _count; i++)
        {
            before = Read(from, before);
            outcomes.Add(before);
        }

        return outcomes.MoveToImmutable();
    }

    private static void Write(BinaryWriter to, Outcome outcome, Outcome before, List<string> silos)
    {
        var has = HasOf(outcome);
        to.Write((byte)has);
        to.Write((byte)outcome.Status);
        to.Write7BitEncodedInt(outcome.Attempt);
        WriteSigned(to, outcome.Index - before.Index);
        WriteSigned(to, outcome.Worker - before.Worker);
        WriteSigned(to, outcome.Started.UtcTicks - before.Started.UtcTicks);
        WriteSigned(to, outcome.Duration.Ticks);
        if (!has.HasFlag(Has.KeyIsIndex))
        {
            to.Write(outcome.Key);
        }

        if (has.HasFlag(Has.Value))
        {
            to.Write(outcome.Value!);
        }

        if (has.HasFlag(Has.Error))
        {
            to.Write(outcome.Error!);
        }

        if (has.HasFlag(Has.Silo))
        {
            to.Write7BitEncodedInt(PlaceOf(outcome.Silo!, silos));
        }

        if (has.HasFlag(Has.HeldBy))
        {
            to.Write(outcome.HeldBy!);
        }
    }

    private Outcome Read(BinaryReader from, Outcome before)
    {
        var has = (Has)from.ReadByte();
        var status = (JobStatus)from.ReadByte();
        var attempt = from.Read7BitEncodedInt();
        var index = before.Index + (int)ReadSigned(from);
        var worker = before.Worker + (int)ReadSigned(from);
        var started = new DateTimeOffset(before.Started.UtcTicks + ReadSigned(from), TimeSpan.Zero);
        var finished = started.AddTicks(ReadSigned(from));
        var key = has.HasFlag(Has.KeyIsIndex) ? index.ToString(CultureInfo.InvariantCulture) : from.ReadString();
        var value = has.HasFlag(Has.ValueIsKey) ? key : has.HasFlag(Has.Value) ? from.ReadString() : null;
        var error = has.HasFlag(Has.Error) ? from.ReadString() : null;
        var silo = has.HasFlag(Has.Silo) ? _silos[from.Read7BitEncodedInt()] : null;
        var heldBy = has.HasFlag(Has.HeldBy) ? from.ReadString() : null;
        return new(index, key, status, value, error, worker, silo, attempt, started, finished, heldBy);
    }

    private static Has HasOf(Outcome outcome)
    {
        var has = IsIndex(outcome.Key, outcome.Index) ? Has.KeyIsIndex : Has.Nothing;
        has |= outcome.Value is null ? Has.Nothing : outcome.Value == outcome.Key ? Has.ValueIsKey : Has.Value;
        has |= outcome.Error is null ? Has.Nothing : Has.Error;
        has |= outcome.Silo is null ? Has.Nothing : Has.Silo;
        return has | (outcome.HeldBy is null ? Has.Nothing : Has.HeldBy);
    }

    private static bool IsIndex(string key, int index)
    {
        Span<char> digits = stackalloc char[11];
        return index.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture) && key.AsSpan().SequenceEqual(digits[..length]);
    }

    private static int PlaceOf(string silo, List<string> silos)
    {
        var place = silos.IndexOf(silo);
        if (place >= 0)
        {
            return place;
        }

        silos.Add(silo);
        return silos.Count - 1;
    }

    // Small numbers of either sign take few bytes: the sign goes to the lowest bit.
    private static void WriteSigned(BinaryWriter to, long number) => to.Write7BitEncodedInt64((number << 1) ^ (number >> 63));

    private static long ReadSigned(BinaryReader from)
    {
        var coded = (ulong)from.Read7BitEncodedInt64();
        return (long)(coded >> 1) ^ -(long)(coded & 1);
    }
}
