using FsCheck;
using FsCheck.Fluent;

namespace AsyncTour.Concurrency.Tests.Properties;

/// <summary>A job as a property draws it: how long it takes, which key it has, and whether and how it goes wrong.</summary>
public sealed record PlannedJob(int Milliseconds, int Key, bool Fails, bool IgnoresCancellation);

/// <summary>A whole run as a property draws it. What cannot happen (no worker, a negative time) is not drawn.</summary>
public sealed record Plan(IReadOnlyList<PlannedJob> Jobs, int Workers, int Buffer, int PerKey, int? CancelAfter)
{
    private static readonly Gen<PlannedJob> _job =
        from milliseconds in Gen.Choose(0, 50)
        from key in Gen.Choose(0, 3)
        from fails in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from ignores in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new PlannedJob(milliseconds, key, fails, ignores);

    public static Gen<Plan> Drawn { get; } =
        from jobs in _job.ListOf()
        from workers in Gen.Choose(1, 8)
        from buffer in Gen.Choose(0, 8)
        from perKey in Gen.Choose(1, 3)
        from cancels in Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(true)))
        from cancelAfter in Gen.Choose(1, 200)
        select new Plan([.. jobs], workers, buffer, perKey, cancels ? cancelAfter : null);

    public override string ToString() =>
        $"workers {Workers}, buffer {Buffer}, per key {PerKey}, cancel after {CancelAfter?.ToString() ?? "never"}, jobs [{string.Join("; ", Jobs)}]";
}
