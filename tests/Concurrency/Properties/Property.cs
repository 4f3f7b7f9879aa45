using AsyncTour.Concurrency.Tests.Turns;
using FsCheck;
using FsCheck.Fluent;

namespace AsyncTour.Concurrency.Tests.Properties;

/// <summary>
/// Checks a property over many drawn plans, each in a turn of its own. A hundred and fifty plans take up to a second of real time, all of it
/// computing: the time inside is virtual.
/// </summary>
public static class Property
{
    private const string SeedVariable = "ASYNCTOUR_SEED";

    /// <summary>FsCheck's own message names the smallest failing plan and the seed; the variable repeats it.</summary>
    public static void Holds(Func<TurnScheduler, Plan, Task> body)
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(150).WithEndSize(60);
        if (Environment.GetEnvironmentVariable(SeedVariable)?.Split(',') is [var seed, var gamma])
            config = config.WithReplay(ulong.Parse(seed), ulong.Parse(gamma));

        Prop.ForAll(Plan.Drawn.ToArbitrary(), plan => TurnScheduler.Run(turn => body(turn, plan))).Check(config);
    }
}
