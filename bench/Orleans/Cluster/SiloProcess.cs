using System.Collections.Concurrent;
using System.Diagnostics;

namespace AsyncTour.Orleans.Bench.Cluster;

/// <summary>One silo in a process of its own, started by its real command line. Killed, it is gone as by a power cut.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<string> _said = new();
    private readonly TaskCompletionSource _isUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private SiloProcess(Process process, SiloPlace place)
    {
        (_process, Place) = (process, place);
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public SiloPlace Place { get; }

    /// <summary>What it has printed so far.</summary>
    public IReadOnlyCollection<string> Said => _said;

    /// <summary>Starts the program.</summary>
    public static SiloProcess Start(IEnumerable<string> program, SiloPlace place, string? redis)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[.. program, .. place.Arguments(redis)])
        {
            start.ArgumentList.Add(argument);
        }

        return new SiloProcess(Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started."), place);
    }

    /// <summary>Returns when its silo is in the cluster.</summary>
    public async Task UpAsync()
    {
        var ended = _process.WaitForExitAsync();
        if (await Task.WhenAny(_isUp.Task, ended).WaitAsync(Patience) == ended)
        {
            throw new InvalidOperationException($"{Place.Name} ended before it was up:\n{string.Join('\n', _said)}");
        }
    }

    /// <summary>SIGKILL: no goodbye to anybody.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM: the silo leaves its cluster in order. Answers its exit code.</summary>
    public async Task<int> StopAsync()
    {
        await Signal.TerminateAsync(_process);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public Task FreezeAsync() => Signal.FreezeAsync(_process);

    public Task ContinueAsync() => Signal.ContinueAsync(_process);

    /// <summary>Waits for it to end by itself, and answers its exit code; <c>null</c> when it does not within the patience.</summary>
    public async Task<int?> EndAsync(TimeSpan patience)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(patience);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        _said.Enqueue(line);
        if (line.Contains(" listens on ", StringComparison.Ordinal))
        {
            _isUp.TrySetResult();
        }
    }
}
