using System.Globalization;
using AsyncTour.Simulation.Bench;

var size = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 0;
switch (args.FirstOrDefault())
{
    case "speed":
        await Speed.MeasureAsync(size > 0 ? size : 1_000_000);
        return 0;
    case "sweep":
        return await LongSweep.RunAsync(size > 0 ? size : 20_000, args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1);
    case "coordinators":
        await Coordinators.TabulateAsync(size > 0 ? size : 1_000_000, args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 100);
        return 0;
    case "prediction":
        await Prediction.MeasureAsync();
        return 0;
    default:
        Console.Error.WriteLine("bench/Simulation: speed [JOBS] | sweep [SEEDS] [FIRST] | coordinators [MOST-WORKERS] [LEAST-WORKERS] | prediction");
        return 2;
}
