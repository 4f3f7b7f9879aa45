using System.Text.Json;
using AsyncTour.Client.Connections;
using AsyncTour.Client.Inputs;
using AsyncTour.Client.Runs;

namespace AsyncTour.Client.Json;

/// <summary>A comparison as one JSON object: what was compared, and each strategy's run as <c>run --json</c> would print it.</summary>
internal static class ComparisonJson
{
    public static void Write(Utf8JsonWriter json, Connection connection, JobInput input, IReadOnlyList<ComparisonRow> rows)
    {
        json.WriteStartObject();
        json.WriteString("engine", connection.Engine);
        json.WriteNumber("silos", connection.Silos);
        json.WriteString("jobs", input.Description);
        if (input.Seed is { } seed)
        {
            json.WriteNumber("seed", seed);
        }
        else
        {
            json.WriteNull("seed");
        }

        json.WriteStartArray("strategies");
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteString("strategy", row.Strategy);
            json.WriteString("note", row.Note);
            json.WritePropertyName("run");
            if (row.Report is { } report)
            {
                RunJson.Write(json, connection, report);
            }
            else
            {
                json.WriteNullValue();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
