namespace AsyncTour.Concurrency.Coroutines;

/// <summary>
/// The name of the method a state machine was compiled from: <c>&lt;Fetch&gt;d__3</c> is Fetch, and a local function's
/// <c>&lt;&lt;Main&gt;g__Fetch|0_1&gt;d</c> is Fetch too.
/// </summary>
internal static class MethodName
{
    public static string Of(Type stateMachine)
    {
        string mangled = stateMachine.Name;
        int local = mangled.IndexOf("g__", StringComparison.Ordinal);
        if (local >= 0 && mangled.IndexOf('|', local) is > 0 and var end)
            return mangled[(local + 3)..end];
        if (mangled.Contains("b__", StringComparison.Ordinal))
            return "<lambda>";

        int close = mangled.IndexOf('>', StringComparison.Ordinal);
        return mangled.StartsWith('<') && close > 1 ? mangled[1..close] : mangled;
    }
}
