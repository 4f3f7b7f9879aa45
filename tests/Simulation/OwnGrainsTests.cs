using AsyncTour.Simulator.Time;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace AsyncTour.Simulation.Tests;

internal interface IAccountGrain : IGrainWithStringKey
{
    Task Deposit(int amount);

    Task<int> Balance();
}

[GenerateSerializer]
public sealed class AccountState
{
    [Id(0)]
    public int Balance { get; set; }
}

internal sealed class AccountGrain([PersistentState("account", "store")] IPersistentState<AccountState> account) : Grain, IAccountGrain
{
    public async Task Deposit(int amount)
    {
        account.State.Balance += amount;
        await account.WriteStateAsync();
    }

    public Task<int> Balance() => Task.FromResult(account.State.Balance);
}

/// <summary>The example of docs/simulator.md: a user's own grain, a silo that dies, five lines.</summary>
public sealed class OwnGrainsTests
{
    [Fact]
    public async Task A_deposit_survives_its_silo()
    {
        // <example>
        await using var sim = Simulator.Time.Simulation.Create(seed: 42, silo => silo.AddMemoryGrainStorage("store"), new SimulationOptions { Silos = 3 });
        var account = sim.Grains.GetGrain<IAccountGrain>("ann");
        await sim.Run(() => account.Deposit(100));
        sim.Crash(sim.SiloOf(account)!.Value);
        await sim.Run(() => sim.Pass(TimeSpan.FromMinutes(1)));
        (await sim.Run(account.Balance)).ShouldBe(100);
        // </example>
    }

    [Fact]
    public void The_document_shows_the_example_that_runs_here()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "AsyncTour.Orleans.sln")))
            root = Path.GetDirectoryName(root.TrimEnd(Path.DirectorySeparatorChar))!;
        var document = File.ReadAllText(Path.Combine(root, "docs", "simulator.md"));
        var example = File.ReadAllLines(Path.Combine(root, "tests", "Simulation", "OwnGrainsTests.cs"))
            .SkipWhile(line => !line.Contains("// <example>", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.Contains("// </example>", StringComparison.Ordinal))
            .Select(line => line.Trim());

        document.ShouldContain(string.Join('\n', example));
    }
}
