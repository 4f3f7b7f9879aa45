using System.Linq.Expressions;
using System.Reflection;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>
/// Copies what crosses a call, so that caller and callee never share an object that either could change. What copying a type takes is
/// found once, from its declaration; types that declare nothing are refused at start-up, by name.
/// </summary>
internal static class DeepCopier
{
    /// <summary>A copier for a type, from the start; identity when nothing in it can change.</summary>
    public static Func<T, T> For<T>(string where) =>
        MustCopy(typeof(T), where) ? static value => CopierOf<T>.Copy(value, new Copying()) : static value => value;

    /// <summary>Whether values of the type need copying at all.</summary>
    /// <exception cref="OrleansConfigurationException">The type may not cross calls.</exception>
    public static bool MustCopy(Type type, string where)
    {
        var culprit = Crossing.FindForeign(type);
        if (culprit is not null)
            throw new OrleansConfigurationException($"{where}: {culprit.FullName} cannot cross a call. Mark it [GenerateSerializer] and its members [Id(n)], or pass something else.");
        return !Crossing.IsImmutable(type);
    }

    public static Expression CopyExpression(Type type, Expression value, Expression copying) =>
        Expression.Call(typeof(CopierOf<>).MakeGenericType(type).GetMethod(nameof(CopierOf<int>.Copy), BindingFlags.Public | BindingFlags.Static)!, value, copying);

    /// <summary>Copies by the type that the value has, not the one that it is declared as.</summary>
    public static T CopyByRuntimeType<T>(T value, Copying copying) =>
        value is null ? value : (T)AnyCopier.Of(value.GetType()).Copy(value, copying);
}

/// <summary>The copier of one declared type.</summary>
internal static class CopierOf<T>
{
    private static readonly Func<T, Copying, T> _copy = CopierBuilder.Build<T>();

    public static T Copy(T value, Copying copying) => _copy(value, copying);
}

/// <summary>The same behind a type that is known only as an object.</summary>
internal abstract class AnyCopier
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, AnyCopier> _all = new();

    public static AnyCopier Of(Type type) => _all.GetOrAdd(type, static type =>
    {
        DeepCopier.MustCopy(type, "A value met at run time");
        return (AnyCopier)Activator.CreateInstance(typeof(AnyCopier<>).MakeGenericType(type))!;
    });

    public abstract object Copy(object value, Copying copying);
}

/// <inheritdoc/>
internal sealed class AnyCopier<T> : AnyCopier
{
    public override object Copy(object value, Copying copying) => CopierOf<T>.Copy((T)value, copying)!;
}
