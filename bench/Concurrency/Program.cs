using AsyncTour.Concurrency.Bench;

// Measures the toolbox beside its peers and writes the page that bench/reports keeps.
//   --output FILE   where to write the page; without it, only the console
//   --rounds N      rounds per contender, 7 unless told
string? output = Option("--output");
int rounds = int.Parse(Option("--rounds") ?? "7", System.Globalization.CultureInfo.InvariantCulture);
const int Jobs = 500_000;
const int Workers = 64;

var report = new Report();
report.Title(Jobs, Workers);
IReadOnlyList<Throughput.Result> throughput = await Throughput.MeasureAsync(Jobs, Workers, rounds);
foreach (Throughput.Result result in throughput)
    report.Row(result);
Peers.Result asyncio = Peers.Asyncio(Jobs, Workers);
report.Row(asyncio);
report.Row(Peers.PMap(Jobs, Workers));
report.Ratios(throughput, asyncio);
report.OverIdeal(await Overhead.MeasureAsync(workers: 10, rounds));
report.OverIdeal(await Overhead.MeasureAsync(workers: 3, rounds));
report.Resident(await Memory.MeasureAsync(1_000_000, every: 100_000));

if (output is not null)
    await File.WriteAllTextAsync(output, report.ToString());
return;

string? Option(string name)
{
    int at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
