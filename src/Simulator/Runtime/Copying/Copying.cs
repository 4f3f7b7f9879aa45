using System.Runtime.CompilerServices;

namespace AsyncTour.Simulator.Runtime;

/// <summary>One deep copy under way: what was met already, so that shared objects stay shared and cycles end.</summary>
internal sealed class Copying
{
    private object? _firstOriginal;
    private object? _firstCopy;
    private Dictionary<object, object>? _rest;

    public void Track(object original, object copy)
    {
        if (_firstOriginal is null)
        {
            _firstOriginal = original;
            _firstCopy = copy;
            return;
        }

        _rest ??= new Dictionary<object, object>(ReferenceEqualityComparer.Instance);
        _rest[original] = copy;
    }

    public bool TryFind<T>(object original, out T copy)
    {
        if (ReferenceEquals(original, _firstOriginal))
        {
            copy = Unsafe.As<object, T>(ref _firstCopy!);
            return true;
        }

        if (_rest is not null && _rest.TryGetValue(original, out var found))
        {
            copy = Unsafe.As<object, T>(ref found);
            return true;
        }

        copy = default!;
        return false;
    }
}
