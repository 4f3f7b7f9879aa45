using System.Collections;

namespace AsyncTour.Simulation.Watching;

/// <summary>A set of job indices, a bit each.</summary>
internal sealed class JobSet(int jobs)
{
    private readonly BitArray _bits = new(jobs);

    public int Count { get; private set; }

    public bool Contains(int index) => _bits[index];

    /// <summary>False when it was there.</summary>
    public bool Add(int index)
    {
        if (_bits[index])
            return false;
        _bits[index] = true;
        Count++;
        return true;
    }
}
