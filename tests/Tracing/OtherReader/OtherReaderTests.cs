using System.Diagnostics;
using System.Runtime.CompilerServices;
using AsyncTour.Tracing.Recording;
using AsyncTour.Tracing.Tests.Recording;

namespace AsyncTour.Tracing.Tests.OtherReader;

/// <summary>Somebody else's reader understands our files: see read.js. It needs node, and npm install in this folder.</summary>
[Collection(RecordingCollection.Name)]
public sealed class OtherReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("asynctour-traces-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task OpenTelemetry_for_JavaScript_reads_spans_and_metrics_without_loss()
    {
        var here = Here();
        Assert.SkipUnless(Directory.Exists(Path.Combine(here, "node_modules")), $"Run npm install in {here} to have another OpenTelemetry reader.");
        using (TraceRecorder.Start(new TraceRecorderOptions { Folder = _folder }))
        {
            SampleRun.Play(jobs: 20, workers: 3);
            SampleRun.Measure();
        }

        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(here, "read.js"), .. Directory.GetFiles(_folder)]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        said.ShouldContain("21 spans");
        said.ShouldContain("4 points");
        said.ShouldContain("0 losses");
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
