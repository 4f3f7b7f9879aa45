using System.Text.Json;
using AsyncTour.Simulation.Plans;
using AsyncTour.Simulation.Scenes;
using AsyncTour.Simulation.Sweeps;

namespace AsyncTour.Client.Json;

/// <summary>A simulation, or a sweep of them, as one JSON object. The names and their order are a contract.</summary>
internal static class SimulateJson
{
    public static void Write(Utf8JsonWriter json, SceneReport report)
    {
        json.WriteStartObject();
        Scene(json, report);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, SweepReport sweep, IReadOnlyList<SceneReport> scenes, SceneReport? smallest)
    {
        json.WriteStartObject();
        json.WriteNumber("seeds", sweep.Seeds);
        json.WriteNumber("submitted", sweep.Jobs);
        json.WriteNumber("turns", sweep.Turns);
        json.WriteNumber("virtualSeconds", RunJson.Seconds(sweep.Virtual));
        json.WriteNumber("realSeconds", RunJson.Seconds(sweep.Real));
        json.WriteStartObject("digests");
        foreach (var scene in scenes)
            json.WriteString(scene.Plan.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture), scene.Digest);
        json.WriteEndObject();
        if (smallest is not null)
        {
            json.WriteStartObject("failing");
            Scene(json, smallest);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Scene(Utf8JsonWriter json, SceneReport report)
    {
        json.WriteNumber("seed", report.Plan.Seed);
        json.WriteString("digest", report.Digest);
        json.WriteString("engine", "simulator");
        json.WriteNumber("silos", report.Plan.Silos);
        json.WriteNumber("partitions", report.Plan.Partitions);
        json.WriteString("strategy", report.Plan.Strategy);
        json.WriteNumber("maxWorkers", report.Plan.MaxWorkers);
        RunJson.WriteLedger(json, report.Ledger);
        json.WriteNumber("virtualWallSeconds", RunJson.Seconds(report.VirtualWall));
        json.WriteNumber("idealSeconds", RunJson.Seconds(report.Ideal));
        json.WriteNumber("efficiency", Math.Round(report.Efficiency, 6));
        json.WriteNumber("peakConcurrency", report.PeakConcurrency);
        Faults(json, report);
        json.WriteNumber("realSeconds", RunJson.Seconds(report.RealTime));
        json.WriteString("breach", report.Breach);
        json.WriteString("command", PlanText.Command(report.Plan));
    }

    private static void Faults(Utf8JsonWriter json, SceneReport report)
    {
        var numbers = report.Statistics;
        json.WriteStartObject("faults");
        json.WriteNumber("crashes", numbers.Crashes);
        json.WriteNumber("deaths", numbers.Deaths);
        json.WriteNumber("restarts", numbers.Restarts);
        json.WriteNumber("partitions", numbers.Cuts);
        json.WriteNumber("lost", numbers.Lost);
        json.WriteNumber("held", numbers.Held);
        json.WriteEndObject();
    }
}
