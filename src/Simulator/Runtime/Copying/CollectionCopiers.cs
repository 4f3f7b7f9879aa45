namespace AsyncTour.Simulator.Runtime;

/// <summary>Copiers of the collections that may cross calls, filled with copies of what they hold.</summary>
internal static class CollectionCopiers
{
    public static T[] Array<T>(T[] value, Copying copying)
    {
        if (value is null || copying.TryFind(value, out T[] copy))
            return value is null ? null! : Met(value, copying);
        copy = (T[])value.Clone();
        copying.Track(value, copy);
        if (!Crossing.IsImmutable(typeof(T)))
        {
            for (var i = 0; i < copy.Length; i++)
                copy[i] = CopierOf<T>.Copy(copy[i], copying);
        }

        return copy;
    }

    public static List<T> List<T>(List<T> value, Copying copying)
    {
        if (value is null || copying.TryFind(value, out List<T> copy))
            return value is null ? null! : Met(value, copying);
        copy = new List<T>(value.Count);
        copying.Track(value, copy);
        foreach (var item in value)
            copy.Add(CopierOf<T>.Copy(item, copying));
        return copy;
    }

    public static Dictionary<TKey, TValue> Dictionary<TKey, TValue>(Dictionary<TKey, TValue> value, Copying copying)
        where TKey : notnull
    {
        if (value is null || copying.TryFind(value, out Dictionary<TKey, TValue> copy))
            return value is null ? null! : Met(value, copying);
        copy = new Dictionary<TKey, TValue>(value.Count, value.Comparer);
        copying.Track(value, copy);
        foreach (var (key, item) in value)
            copy.Add(CopierOf<TKey>.Copy(key, copying), CopierOf<TValue>.Copy(item, copying));
        return copy;
    }

    public static SortedDictionary<TKey, TValue> SortedDictionary<TKey, TValue>(SortedDictionary<TKey, TValue> value, Copying copying)
        where TKey : notnull
    {
        if (value is null || copying.TryFind(value, out SortedDictionary<TKey, TValue> copy))
            return value is null ? null! : Met(value, copying);
        copy = new SortedDictionary<TKey, TValue>(value.Comparer);
        copying.Track(value, copy);
        foreach (var (key, item) in value)
            copy.Add(CopierOf<TKey>.Copy(key, copying), CopierOf<TValue>.Copy(item, copying));
        return copy;
    }

    public static HashSet<T> HashSet<T>(HashSet<T> value, Copying copying)
    {
        if (value is null || copying.TryFind(value, out HashSet<T> copy))
            return value is null ? null! : Met(value, copying);
        copy = new HashSet<T>(value.Count, value.Comparer);
        copying.Track(value, copy);
        foreach (var item in value)
            copy.Add(CopierOf<T>.Copy(item, copying));
        return copy;
    }

    public static SortedSet<T> SortedSet<T>(SortedSet<T> value, Copying copying)
    {
        if (value is null || copying.TryFind(value, out SortedSet<T> copy))
            return value is null ? null! : Met(value, copying);
        copy = new SortedSet<T>(value.Comparer);
        copying.Track(value, copy);
        foreach (var item in value)
            copy.Add(CopierOf<T>.Copy(item, copying));
        return copy;
    }

    public static Queue<T> Queue<T>(Queue<T> value, Copying copying)
    {
        if (value is null || copying.TryFind(value, out Queue<T> copy))
            return value is null ? null! : Met(value, copying);
        copy = new Queue<T>(value.Count);
        copying.Track(value, copy);
        foreach (var item in value)
            copy.Enqueue(CopierOf<T>.Copy(item, copying));
        return copy;
    }

    public static Stack<T> Stack<T>(Stack<T> value, Copying copying)
    {
        if (value is null || copying.TryFind(value, out Stack<T> copy))
            return value is null ? null! : Met(value, copying);
        copy = new Stack<T>(value.Count);
        copying.Track(value, copy);
        foreach (var item in value.Reverse())
            copy.Push(CopierOf<T>.Copy(item, copying));
        return copy;
    }

    public static T? Nullable<T>(T? value, Copying copying)
        where T : struct =>
        value is { } present ? CopierOf<T>.Copy(present, copying) : null;

    private static T Met<T>(T value, Copying copying)
        where T : class
    {
        copying.TryFind(value, out T copy);
        return copy;
    }
}
