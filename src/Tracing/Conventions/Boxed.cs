namespace AsyncTour.Tracing.Conventions;

/// <summary>Small integers boxed once, because a tag's value is an object and worker numbers and attempts repeat endlessly.</summary>
internal static class Boxed
{
    public static readonly object True = true;

    private static readonly object[] Small = [.. Enumerable.Range(0, 256).Select(static n => (object)n)];

    public static object Of(int value) => (uint)value < (uint)Small.Length ? Small[value] : value;
}
