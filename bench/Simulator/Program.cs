using System.Globalization;
using AsyncTour.Simulator.Bench;
using AsyncTour.Simulator.Bench.Gateway;

// [--seconds S] [--rounds N] [--only in-process|gateway] [--output FILE]; "silo" is what the program starts itself as, for the second process.
if (args is ["silo", var gatewayPort, var echoPort])
{
    await SiloSide.RunAsync(int.Parse(gatewayPort, CultureInfo.InvariantCulture), int.Parse(echoPort, CultureInfo.InvariantCulture));
    return;
}

var time = TimeSpan.FromSeconds(double.Parse(Option("--seconds") ?? "2", CultureInfo.InvariantCulture));
var rounds = int.Parse(Option("--rounds") ?? "3", CultureInfo.InvariantCulture);
var report = new Report($"""
    # Calls of the Simulator

    Measured with `{string.Join(' ', ["dotnet run -c Release --project bench/Simulator --", .. args]).TrimEnd('-', ' ')}`
    on {Environment.ProcessorCount} cores, .NET {Environment.Version}, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}.
    The program wrote this page. Absolute numbers hold for the machine alone; what carries over is a ratio of two rows of one run.
    """);
if (Option("--only") is null or "in-process")
    await InProcess.RunAsync(report, time);
if (Option("--only") is null or "gateway")
    await GatewayRows.MeasureAsync(report, time, rounds);
if (Option("--output") is { } path)
    File.WriteAllText(path, report.ToMarkdown());
else
    Console.WriteLine(report.ToMarkdown());

string? Option(string name) => args.SkipWhile(one => one != name).ElementAtOrDefault(1);
