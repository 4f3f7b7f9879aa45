using System.Security.Cryptography;
using System.Text;
using AsyncTour.Tracing.Analysis;
using AsyncTour.Tracing.Reading;

namespace AsyncTour.Tracing.Rendering.Page;

/// <summary>
/// The timeline as one HTML page that loads nothing else. Exported, it carries its data; served by a silo, it asks
/// <c>/api/runs</c> and <c>/api/runs/{id}</c> of where it came from. Its policy allows its own script and style by their
/// hashes and nothing more, and every text of a job is set as text.
/// </summary>
public static class TimelinePage
{
    private static readonly string[] Styles = ["page.css", "run.css", "parts.css"];
    private static readonly string[] Scripts = ["format.js", "model.js", "theme.js", "timeline.js", "draw.js", "overview.js", "panel.js", "page.js"];

    /// <summary>The page with the trace's runs in it.</summary>
    public static string Export(Trace trace) => Export(RunTimeline.All(trace));

    /// <summary>The page with these runs in it.</summary>
    public static string Export(IReadOnlyList<RunTimeline> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return Page(PageJson.Exported(runs));
    }

    /// <summary>The page without data, to be served beside the API.</summary>
    public static string Live() => Page("");

    private static string Page(string data)
    {
        var style = string.Concat(Styles.Select(static name => Part(name)));
        var script = string.Concat(Scripts.Select(static name => Part(name)));
        return new StringBuilder(Part("page.html"))
            .Replace("{{policy}}", Policy(style, script))
            .Replace("{{style}}", style)
            .Replace("{{script}}", script)
            .Replace("{{data}}", data) // Last, so that nothing in the data is taken for a place to fill.
            .ToString();
    }

    private static string Policy(string style, string script) =>
        "default-src 'none'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
        + $"style-src '{Hash(style)}'; script-src '{Hash(script)}'";

    private static string Hash(string content) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private static string Part(string name)
    {
        using var stream = typeof(TimelinePage).Assembly.GetManifestResourceStream("page/" + name)
            ?? throw new InvalidOperationException($"The page's part {name} is not embedded in {typeof(TimelinePage).Assembly.GetName().Name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
