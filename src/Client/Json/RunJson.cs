using System.Text.Encodings.Web;
using System.Text.Json;
using AsyncTour.Client.Connections;
using AsyncTour.Client.Terminals;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using AsyncTour.Client.Runs;

namespace AsyncTour.Client.Json;

/// <summary>
/// A run as one JSON object. The names and their order are a contract; other programs read them. Times are seconds from
/// the run's start.
/// </summary>
internal static class RunJson
{
    private const int FlushAfter = 64 * 1024;

    /// <summary>Prints one object on standard output: indented for a person, on one line for a program.</summary>
    public static void Print(Terminal terminal, Action<Utf8JsonWriter> write)
    {
        // Straight to the text writer: the object of a long run is far too large to be held as one string.
        using (var stream = new TextStream(terminal.Out))
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = terminal.OutIsTerminal, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(writer);
        }

        terminal.Out.WriteLine();
        terminal.Out.Flush();
    }

    /// <summary>Writes a run.</summary>
    public static void Write(Utf8JsonWriter json, Connection connection, FinishedRun report)
    {
        var status = report.Status;
        json.WriteStartObject();
        json.WriteString("run", status.RunId);
        json.WriteString("engine", connection.Engine);
        json.WriteNumber("silos", connection.Silos);
        json.WriteString("strategy", status.Strategy);
        json.WriteNumber("maxWorkers", status.MaxWorkers);
        json.WriteNumber("partitions", status.Partitions);
        WriteLedger(json, status.Ledger);
        json.WriteNumber("wallSeconds", Seconds(status.Wall));
        json.WriteNumber("idealSeconds", Seconds(status.Ideal));
        json.WriteNumber("efficiency", Math.Round(status.Efficiency, 6));
        json.WriteNumber("peakConcurrency", status.PeakConcurrency);
        json.WriteString("traceId", status.TraceId);
        if (status.InputLoss is { } loss)
        {
            json.WriteString("inputLoss", loss);
        }

        json.WriteStartArray("outcomes");
        foreach (var outcome in report.Outcomes)
        {
            WriteOutcome(json, outcome, status.Started);
            if (json.BytesPending > FlushAfter)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes a run that was left to its silo: its id, and how many jobs it has.</summary>
    public static void WriteDetached(Utf8JsonWriter json, RunStatus status)
    {
        json.WriteStartObject();
        json.WriteString("run", status.RunId);
        json.WriteString("strategy", status.Strategy);
        json.WriteNumber("submitted", status.Ledger.Submitted);
        json.WriteEndObject();
    }

    /// <summary>The counts of a ledger, as fields of the object being written.</summary>
    public static void WriteLedger(Utf8JsonWriter json, Ledger ledger)
    {
        json.WriteNumber("submitted", ledger.Submitted);
        json.WriteNumber("succeeded", ledger.Succeeded);
        json.WriteNumber("failed", ledger.Failed);
        json.WriteNumber("cancelled", ledger.Cancelled);
        json.WriteNumber("timedOut", ledger.TimedOut);
        json.WriteNumber("unknown", ledger.Unknown);
        json.WriteNumber("notStarted", ledger.NotStarted);
    }

    private static void WriteOutcome(Utf8JsonWriter json, Outcome outcome, DateTimeOffset start)
    {
        json.WriteStartObject();
        json.WriteNumber("index", outcome.Index);
        json.WriteString("key", outcome.Key);
        json.WriteString("status", outcome.Status.ToText());
        json.WriteString("value", outcome.Value);
        json.WriteString("error", outcome.Error);
        WriteIfStarted("worker", outcome.Worker);
        json.WriteString("silo", outcome.Silo);
        json.WriteNumber("attempt", outcome.Attempt);
        WriteIfStarted("startedSeconds", Seconds(outcome.Started - start));
        WriteIfStarted("finishedSeconds", Seconds(outcome.Finished - start));
        if (outcome.HeldBy is { } limit)
        {
            json.WriteString("heldBy", limit);
        }

        json.WriteEndObject();

        void WriteIfStarted(string name, double value)
        {
            if (outcome.Attempt > 0)
            {
                json.WriteNumber(name, value);
            }
            else
            {
                json.WriteNull(name);
            }
        }
    }

    /// <summary>To the microsecond.</summary>
    public static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 6);
}
