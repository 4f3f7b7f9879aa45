using System.CommandLine;
using AsyncTour.Orleans.Bench.Kills;

var kills = new Option<int>("--kills") { DefaultValueFactory = static _ => 10 };
var jobs = new Option<int>("--jobs") { DefaultValueFactory = static _ => 1_000 };
var victim = new Option<Victim>("--victim") { DefaultValueFactory = static _ => Victim.Any };
var seed = new Option<int>("--seed") { DefaultValueFactory = static _ => Random.Shared.Next() };

var killing = new Command("kills", "Kills silos during runs and counts the outcomes.") { kills, jobs, victim, seed };
killing.SetAction((line, _) => KillsBench.RunAsync(line.GetValue(kills), line.GetValue(jobs), line.GetValue(victim), line.GetValue(seed)));

return await new RootCommand("Clusters of silo processes on this machine, measured.") { killing }.Parse(args).InvokeAsync();
