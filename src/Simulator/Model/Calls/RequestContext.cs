using System.Collections.Immutable;
using AsyncTour.Simulator.Runtime;

namespace Orleans.Runtime;

/// <summary>
/// Values that travel with calls, downstream only: what a callee sets never comes back. Each setter makes a new copy, so callers and
/// callees cannot see one another's later changes.
/// </summary>
public static class RequestContext
{
    private static readonly AsyncLocal<RequestValues?> _current = new();

    /// <summary>Calls that carry the same id may enter a grain that waits for one of them. Empty: none.</summary>
    public static Guid ReentrancyId
    {
        get => _current.Value?.ReentrancyId ?? Guid.Empty;
        set => _current.Value = RequestValues.Of(_current.Value?.Values, value);
    }

    public static IEnumerable<string> Keys => (_current.Value?.Values ?? RequestValues.None).Keys;

    public static IEnumerable<KeyValuePair<string, object>> Entries => _current.Value?.Values ?? RequestValues.None;

    internal static RequestValues? Current
    {
        get => _current.Value;
        set => _current.Value = value;
    }

    public static object? Get(string key) => _current.Value?.Values?.GetValueOrDefault(key);

    public static void Set(string key, object value)
    {
        ArgumentNullException.ThrowIfNull(key);
        var before = _current.Value;
        _current.Value = RequestValues.Of((before?.Values ?? RequestValues.None).SetItem(key, value), before?.ReentrancyId ?? Guid.Empty);
    }

    public static bool Remove(string key)
    {
        if (_current.Value is not { Values: { } values } before || !values.ContainsKey(key))
            return false;
        _current.Value = RequestValues.Of(values.Remove(key), before.ReentrancyId);
        return true;
    }

    public static void Clear() => _current.Value = null;

    /// <summary>Lets calls that descend from here back into this grain while it waits for them, until the section is disposed.</summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        var before = ReentrancyId;
        return new ReentrancySection(before, before == Guid.Empty ? Activation.NewReentrancyId() : before);
    }

    /// <summary>Makes calls that descend from here wait their turn like strangers' calls, until the section is disposed.</summary>
    public static ReentrancySection SuppressCallChainReentrancy() => new(ReentrancyId, Guid.Empty);

    /// <summary>A stretch of a call during which its call chain may, or may not, come back into this grain.</summary>
    public readonly struct ReentrancySection : IDisposable
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

        public void Dispose()
        {
            if (_entered != Guid.Empty)
                Activation.Current?.LeaveReentrantSection(_entered);
            RequestContext.ReentrancyId = _original;
        }
    }
}

/// <summary>What a call carries of its caller's context; never changed once made.</summary>
internal sealed record RequestValues(ImmutableSortedDictionary<string, object>? Values, Guid ReentrancyId)
{
    public static readonly ImmutableSortedDictionary<string, object> None =
        ImmutableSortedDictionary.Create<string, object>(StringComparer.Ordinal);

    public static RequestValues? Of(ImmutableSortedDictionary<string, object>? values, Guid reentrancyId) =>
        values is null or { IsEmpty: true } && reentrancyId == Guid.Empty ? null : new RequestValues(values, reentrancyId);
}
