using System.CommandLine;
using AsyncTour.Orleans.Bench.Kills;
using AsyncTour.Orleans.Bench.Outages;
using AsyncTour.Orleans.Bench.Promises;
using AsyncTour.Orleans.Bench.Speed;
using AsyncTour.Orleans.Bench.Zombies;
using AsyncTour.Silo;
using AsyncTour.Silo.Commands;
using AsyncTour.Silo.Web;

// A silo that has this program's own grains too; otherwise it is the silo's command line as it is.
if (args is ["silo", .. var rest])
{
    return await SiloCommand.Create(SiloProgram.RunAsync, HealthQuestion.AskAsync).Parse(rest).InvokeAsync();
}

var jobs = new Option<int>("--jobs") { DefaultValueFactory = static _ => 1_000 };
var kills = new Option<int>("--kills") { DefaultValueFactory = static _ => 10 };
var victim = new Option<Victim>("--victim") { DefaultValueFactory = static _ => Victim.Any };
var moment = new Option<KillMoment>("--moment") { DefaultValueFactory = static _ => KillMoment.During };
var partitions = new Option<int>("--partitions") { DefaultValueFactory = static _ => 1 };
var seed = new Option<int>("--seed") { DefaultValueFactory = static _ => Random.Shared.Next() };
var killing = new Command("kills", "Kills silos during runs and counts the outcomes.") { kills, jobs, moment, victim, partitions, seed };
killing.SetAction((line, _) => KillsBench.RunAsync(line.GetValue(kills), line.GetValue(jobs), line.GetValue(moment), line.GetValue(victim), line.GetValue(partitions), line.GetValue(seed)));

var promiseRounds = new Option<int>("--rounds") { DefaultValueFactory = static _ => 100 };
var promising = new Command("promises", "Kills a silo after each acknowledged settlement and asks for the value.") { promiseRounds, seed };
promising.SetAction((line, _) => PromisesBench.RunAsync(line.GetValue(promiseRounds), line.GetValue(seed)));

var outageJobs = new Option<int>("--jobs") { DefaultValueFactory = static _ => 10_000 };
var seconds = new Option<int>("--seconds") { DefaultValueFactory = static _ => 40 };
var taking = new Command("redis", "Takes Redis away during runs, frozen and killed, and counts the outcomes.") { outageJobs, seconds, seed };
taking.SetAction((line, _) => OutageBench.RunAsync(line.GetValue(outageJobs), TimeSpan.FromSeconds(line.GetValue(seconds)), line.GetValue(seed)));

var freezings = new Option<int>("--rounds") { DefaultValueFactory = static _ => 5 };
var frozenJobs = new Option<int>("--jobs") { DefaultValueFactory = static _ => 5_000 };
var freezing = new Command("frozen", "Freezes silos during runs until they are taken for dead, continues them, and counts the outcomes.") { freezings, frozenJobs, seed };
freezing.SetAction((line, _) => FrozenBench.RunAsync(line.GetValue(freezings), line.GetValue(frozenJobs), line.GetValue(seed)));

var noOps = new Option<int>("--jobs") { DefaultValueFactory = static _ => 100_000 };
var rounds = new Option<int>("--rounds") { DefaultValueFactory = static _ => 5 };
var silos = new Option<int?>("--silos") { Description = "Only clusters of so many silos; 0: the one in this process." };
var racing = new Command("speed", "No-op jobs through 64 worker grains, by a run and by a bare loop.") { noOps, rounds, silos };
racing.SetAction((line, _) => SpeedBench.RunAsync(line.GetValue(noOps), line.GetValue(rounds), line.GetValue(silos)));

return await new RootCommand("Clusters of silo processes on this machine, measured.") { killing, promising, taking, freezing, racing }.Parse(args).InvokeAsync();
