using System.Globalization;

namespace AsyncTour.Concurrency.Futures;

/// <summary>Values as Python's <c>repr</c> shows them, so that a printed future reads as it does in the notebook.</summary>
internal static class Printed
{
    public static string Value(object? value) => value switch
    {
        null => "None",
        string text => $"'{text}'",
        bool flag => flag ? "True" : "False",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? value.GetType().Name,
    };

    public static string State(Coroutines.CoroutineState state) => state switch
    {
        Coroutines.CoroutineState.Created => "created",
        Coroutines.CoroutineState.Running => "running",
        Coroutines.CoroutineState.Suspended => "suspended",
        _ => "closed",
    };

    public static string Exception(Exception exception) => $"{exception.GetType().Name}('{exception.Message}')";
}
