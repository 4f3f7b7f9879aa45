using System.Text.Json;
using AsyncTour.Tracing.Analysis;

namespace AsyncTour.Tracing.Rendering;

/// <summary>What <c>trace audit --json</c> prints. Times are seconds since the run's start.</summary>
public sealed record AuditReport(string TraceId, bool Passed, IReadOnlyList<RunAudit> Runs, IReadOnlyList<AuditReport.BreachReport> Breaches)
{
    public sealed record BreachReport(string Kind, string Run, double? AtSeconds, IReadOnlyList<int> Jobs, string Sentence);

    public static AuditReport Of(Audit audit)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return new AuditReport(
            audit.TraceId,
            audit.Passed,
            audit.Runs,
            [.. audit.Breaches.Select(static b => new BreachReport(JsonNamingPolicy.KebabCaseLower.ConvertName(b.Kind.ToString()), b.RunId, b.At?.TotalSeconds, b.Jobs, b.Sentence))]);
    }

    /// <summary>As indented JSON with camelCase names.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, TraceJson.Default.AuditReport);
}
