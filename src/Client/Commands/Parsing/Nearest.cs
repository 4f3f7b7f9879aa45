namespace AsyncTour.Client.Commands.Parsing;

/// <summary>Guesses what a mistyped word was meant to be.</summary>
internal static class Nearest
{
    /// <summary>The allowed word fewest keystrokes away, as <c> (did you mean '--jobs'?)</c>; empty if none is near.</summary>
    public static string Hint(string typed, IEnumerable<string> allowed) =>
        To(typed, allowed) is { } word ? $" (did you mean '{word}'?)" : "";

    /// <summary>The allowed word fewest keystrokes away, at most a third of it; <c>null</c> if none is.</summary>
    public static string? To(string typed, IEnumerable<string> allowed)
    {
        var nearest = allowed
            .Select(word => (Word: word, Distance: word.StartsWith(typed, StringComparison.Ordinal) && typed.Length > 2 ? 1 : Distance(typed, word)))
            .OrderBy(static guess => guess.Distance)
            .FirstOrDefault();
        return nearest.Word is { } found && nearest.Distance <= Math.Max(1, Math.Min(typed.Length, found.Length) / 3) ? found : null;
    }

    // Keystrokes: a letter too many, too few, wrong, or two letters exchanged.
    private static int Distance(string from, string to)
    {
        var table = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                table[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Step(table, from, to, i, j),
                };
            }
        }

        return table[from.Length, to.Length];
    }

    private static int Step(int[,] table, string from, string to, int i, int j)
    {
        var wrong = from[i - 1] == to[j - 1] ? 0 : 1;
        var best = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + wrong);
        var exchanged = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
        return exchanged ? Math.Min(best, table[i - 2, j - 2] + 1) : best;
    }
}
