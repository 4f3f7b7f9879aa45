using System.Globalization;

namespace AsyncTour.Orleans.Bench.Speed;

/// <summary>How fast one way of doing it was, round by round.</summary>
internal sealed class Rates(int jobs)
{
    private readonly List<double> _perSecond = [];
    private readonly List<double> _microseconds = [];
    private readonly List<double> _bytes = [];

    /// <summary>Processor time of this process per job, in microseconds; the median of the rounds.</summary>
    public double Cost => Median(_microseconds);

    /// <summary>Bytes that this process allocated per job; the median of the rounds.</summary>
    public double Bytes => Median(_bytes);

    /// <summary>Does it once, and takes note of it where it counts.</summary>
    public async Task AddAsync(Func<Task<TimeSpan>> round, bool counts)
    {
        var (before, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
        var took = await round();
        if (counts)
        {
            _perSecond.Add(jobs / took.TotalSeconds);
            _bytes.Add((GC.GetTotalAllocatedBytes() - allocated) / (double)jobs);
            _microseconds.Add((Environment.CpuUsage.TotalTime - before).TotalMicroseconds / jobs);
        }
    }

    /// <summary>The median of the rounds' ratios.</summary>
    public double Over(Rates other) => Median([.. _perSecond.Zip(other._perSecond, static (one, two) => one / two)]);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Median(_perSecond):N0} ({_perSecond.Min():N0} to {_perSecond.Max():N0})");

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
