using System.CommandLine;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Commands.Parsing;
using AsyncTour.Client.Terminals;
using AsyncTour.Grains;
using AsyncTour.Tracing.Rendering.Page;

namespace AsyncTour.Client.Commands.Traces;

/// <summary><c>trace html</c>: a trace as one page that needs nothing but a browser.</summary>
internal static class ExportTrace
{
    public static Command Build(ConnectionOptions connection, Terminal terminal)
    {
        var command = new DocumentedCommand("html", "The timeline as one HTML file that needs nothing but a browser.");
        var which = TraceCommand.Which();
        var output = Reading.Option("--output", "FILE|-", "where to write it (default trace-ID.html; - is standard output)", Reading.Text);
        command.Add(which);
        command.AddSection("output", output);
        command.SetAction(parsed =>
        {
            var trace = TraceCommand.Find(connection, parsed, which);
            var page = TimelinePage.Export(trace);
            var path = parsed.GetValue(output) ?? $"trace-{trace.ShortId}.html";
            if (path == "-")
            {
                terminal.Out.Write(page);
                return ExitCode.Success;
            }

            Write(path, page);
            terminal.Out.WriteLine(path);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(string path, string page)
    {
        try
        {
            File.WriteAllText(path, page);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new RefusedException($"--output {path} cannot be written: {e.Message}");
        }
    }
}
