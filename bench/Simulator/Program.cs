using System.Globalization;
using AsyncTour.Simulator.Bench;

var seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 3;
await InProcess.RunAsync(TimeSpan.FromSeconds(seconds));
