using System.Text.Json;
using AsyncTour.Client.Connections;
using AsyncTour.Client.Runs;

namespace AsyncTour.Client.Json;

/// <summary>The runs of a silo as one JSON object.</summary>
internal static class RunListJson
{
    public static void Write(Utf8JsonWriter json, Connection connection, IReadOnlyList<CataloguedRun> runs)
    {
        json.WriteStartObject();
        json.WriteString("engine", connection.Engine);
        json.WriteNumber("silos", connection.Silos);
        json.WriteStartArray("runs");
        foreach (var run in runs)
        {
            json.WriteStartObject();
            json.WriteString("run", run.RunId);
            json.WriteString("strategy", run.Strategy);
            json.WriteString("state", run.StateText);
            json.WriteString("started", run.Started.UtcDateTime);
            RunJson.WriteLedger(json, run.Ledger);
            json.WriteNumber("running", run.Ledger.Running);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
