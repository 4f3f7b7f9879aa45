using System.Reflection;
using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Tests.Turns;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Concurrency.Tests.Parity;

/// <summary>The same scenarios in Python's asyncio and here, compared line by line.</summary>
public sealed class ParityTests
{
    private static readonly Type[] _scenarios =
    [
        typeof(FutureScenarios), typeof(TaskScenarios), typeof(WaitScenarios), typeof(TimeoutScenarios), typeof(GatherScenarios), typeof(GroupScenarios),
    ];

    private static readonly Lazy<Dictionary<string, string>> _python = new(RunPython);

    public static bool HasPython => Python.Command is not null;

    public static TheoryData<string> Names => [.. Scenarios.Select(scenario => scenario.Name)];

    private static IEnumerable<MethodInfo> Scenarios =>
        _scenarios.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static));

    [Theory(Skip = "Python 3.11 or newer is not on the PATH, so asyncio cannot be asked.", SkipUnless = nameof(HasPython)), MemberData(nameof(Names))]
    public void asyncio_says_the_same(string scenario) => RunHere(scenario).ShouldBe(_python.Value[scenario]);

    [Fact(Skip = "Python 3.11 or newer is not on the PATH, so asyncio cannot be asked.", SkipUnless = nameof(HasPython))]
    public void no_scenario_is_missing_on_either_side()
    {
        Scenarios.Select(scenario => scenario.Name).Order(StringComparer.Ordinal).ShouldBe(_python.Value.Keys.Order(StringComparer.Ordinal));
        _python.Value.Count.ShouldBeGreaterThanOrEqualTo(40);
    }

    private static string RunHere(string name)
    {
        MethodInfo scenario = Scenarios.Single(scenario => scenario.Name == name);
        Scene? scene = null;
        TurnScheduler.Run(async turn =>
        {
            scene = new Scene(turn);
            await Asyncio.Schedule(Play(scenario.CreateDelegate<Func<Scene, Coroutine<None>>>(), scene));
        });
        return scene!.Line;
    }

    private static async Coroutine<None> Play(Func<Scene, Coroutine<None>> scenario, Scene scene) => await scenario(scene);

    private static Dictionary<string, string> RunPython() => Python
        .Run(Path.Combine(AppContext.BaseDirectory, "Parity", "scenarios.py"))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(": ", 2))
        .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
}
