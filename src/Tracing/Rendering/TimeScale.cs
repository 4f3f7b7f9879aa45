namespace AsyncTour.Tracing.Rendering;

/// <summary>Time along a number of columns, with ticks at round times.</summary>
internal sealed class TimeScale
{
    private readonly double _columnsPerTick;

    public TimeScale(TimeSpan span, int columns)
    {
        Span = span > TimeSpan.Zero ? span : TimeSpan.FromTicks(1);
        Columns = columns;
        _columnsPerTick = (double)columns / Span.Ticks;
    }

    public TimeSpan Span { get; }

    public int Columns { get; }

    /// <summary>Where the time lies, in columns; not rounded.</summary>
    public double At(TimeSpan time) => time.Ticks * _columnsPerTick;

    /// <summary>The columns that a bar covers: at least one, so that no job is invisible.</summary>
    public (int From, int To) Cover(TimeSpan start, TimeSpan finish)
    {
        var from = Math.Clamp((int)Math.Round(At(start)), 0, Columns - 1);
        var to = Math.Clamp((int)Math.Round(At(finish)), from + 1, Columns);
        return (from, to);
    }

    /// <summary>The axis under the rows: a rule with ticks, and the times below them.</summary>
    public (string Rule, string Labels) Axis()
    {
        var rule = new char[Columns];
        var labels = new char[Columns];
        Array.Fill(rule, '─');
        Array.Fill(labels, ' ');
        var step = Step();
        for (var time = TimeSpan.Zero; time <= Span; time += step)
        {
            var column = (int)Math.Round(At(time));
            if (column >= Columns)
                break;
            rule[column] = '┬';
            var text = Units.Round(time);
            if (column + text.Length <= Columns)
                text.CopyTo(0, labels, column, text.Length);
        }

        return (new string(rule), new string(labels));
    }

    /// <summary>The smallest of 1, 2, 2.5, 5 × 10ⁿ that leaves a label's width between ticks.</summary>
    private TimeSpan Step()
    {
        const int LabelWidth = 12;
        var least = Math.Max(1, Span.Ticks * (double)LabelWidth / Math.Max(LabelWidth, Columns));
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(least)));
        foreach (var factor in (ReadOnlySpan<double>)[1, 2, 2.5, 5])
        {
            if (factor * magnitude >= least)
                return TimeSpan.FromTicks((long)Math.Ceiling(factor * magnitude));
        }

        return TimeSpan.FromTicks((long)(10 * magnitude));
    }
}
