using System.Runtime.CompilerServices;
using AsyncTour.Concurrency.Pools;

namespace AsyncTour.Concurrency.Tests.Package;

/// <summary>
/// The public surface is a promise. <c>ASYNCTOUR_UPDATE_GOLDEN=1 dotnet test tests/Concurrency</c> writes the file anew, so that a change of
/// it is seen in review.
/// </summary>
public sealed class PublicSurfaceTests
{
    [Fact]
    public void the_public_surface_is_the_one_that_was_agreed()
    {
        string golden = GoldenFile();
        string surface = PublicSurface.Of(typeof(PoolExecutor).Assembly);
        if (Environment.GetEnvironmentVariable("ASYNCTOUR_UPDATE_GOLDEN") == "1")
            File.WriteAllText(golden, surface);

        File.ReadAllText(golden).ShouldBe(surface, $"The public surface changed. If that is meant, set ASYNCTOUR_UPDATE_GOLDEN=1 and review {golden}.");
    }

    [Fact]
    public void the_package_depends_on_nothing_but_polly() =>
        typeof(PoolExecutor).Assembly.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal))
            .ShouldBe(["Polly.Core"]);

    private static string GoldenFile([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "PublicSurface.txt");
}
