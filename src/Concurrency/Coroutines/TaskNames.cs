using System.Globalization;

namespace AsyncTour.Concurrency.Coroutines;

/// <summary>Names for tasks that were given none, counted over the process as Python counts them.</summary>
internal static class TaskNames
{
    private static int _last;

    public static string Next() => string.Create(CultureInfo.InvariantCulture, $"Task-{Interlocked.Increment(ref _last)}");
}
