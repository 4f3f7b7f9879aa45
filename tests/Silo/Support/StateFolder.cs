namespace AsyncTour.Silo.Tests.Support;

/// <summary>A folder that silos of one test share, one after the other; gone after the test.</summary>
internal sealed class StateFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("asynctour-silo-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
