using System.Globalization;

namespace AsyncTour.Tracing.Rendering.Page;

/// <summary>What to answer a browser: status, content type, body. Send it with <c>Cache-Control: no-store</c> and <c>X-Content-Type-Options: nosniff</c>.</summary>
public sealed record PageAnswer(int Status, string ContentType, string Body);

/// <summary>
/// The live page and its two questions, without a web server: whoever has one passes the path and the query on.
/// It only reads, so it answers GET and HEAD alone; who may ask at all is the server's business.
/// </summary>
public sealed class TimelineSite(LiveRuns runs)
{
    private const string Runs = "/api/runs";
    private const string Json = "application/json; charset=utf-8";

    private readonly string _page = TimelinePage.Live();

    /// <param name="path">The decoded path, such as <c>/</c> or <c>/api/runs/r-1</c>.</param>
    /// <param name="from">The query's <c>from</c>: how many ended attempts the reader has; null or nonsense counts as none.</param>
    public PageAnswer Answer(string path, string? from = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path is "/" or "/index.html")
            return new PageAnswer(200, "text/html; charset=utf-8", _page);
        if (path is Runs or Runs + "/")
            return new PageAnswer(200, Json, runs.ListJson());
        if (path.StartsWith(Runs + "/", StringComparison.Ordinal) && runs.RunJson(path[(Runs.Length + 1)..], Known(from)) is { } run)
            return new PageAnswer(200, Json, run);
        return new PageAnswer(404, Json, """{"error":"There is nothing here: / is the page, /api/runs the runs, /api/runs/{id} one of them."}""");
    }

    private static int Known(string? from) => int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? known : 0;
}
