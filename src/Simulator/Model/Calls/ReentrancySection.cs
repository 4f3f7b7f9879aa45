using AsyncTour.Simulator.Runtime;

namespace Orleans.Runtime;

/// <summary>A stretch of a call during which its call chain may, or may not, come back into this grain.</summary>
public readonly struct ReentrancySection : IDisposable, IEquatable<ReentrancySection>
{
    private readonly Guid _original;
    private readonly Guid _entered;

    public ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId)
    {
        _original = originalReentrancyId;
        _entered = newReentrancyId;
        if (newReentrancyId != Guid.Empty)
            Activation.Current?.EnterReentrantSection(newReentrancyId);
        RequestContext.ReentrancyId = newReentrancyId;
    }

    public static bool operator ==(ReentrancySection left, ReentrancySection right) => left.Equals(right);

    public static bool operator !=(ReentrancySection left, ReentrancySection right) => !left.Equals(right);

    public void Dispose()
    {
        if (_entered != Guid.Empty)
            Activation.Current?.LeaveReentrantSection(_entered);
        RequestContext.ReentrancyId = _original;
    }

    public bool Equals(ReentrancySection other) => _original == other._original && _entered == other._entered;

    public override bool Equals(object? obj) => obj is ReentrancySection other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_original, _entered);
}
