using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace AsyncTour.Concurrency.Tests.Package;

/// <summary>What an assembly offers to others, as text: one line per type and member, in a stable order.</summary>
public static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var page = new StringBuilder();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            page.Append(Kind(type)).Append(' ').Append(type.Namespace).Append('.').Append(Name(type)).Append(Bases(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
                page.Append("  ").Append(member).Append('\n');
        }

        return page.ToString();
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { IsInterface: true } => "interface",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Bases(Type type)
    {
        string? basis = type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum) ? Name(parent) : null;
        IEnumerable<string> interfaces = type.GetInterfaces()
            .Where(implemented => implemented.IsPublic && !IsEquatable(implemented) && type.BaseType?.GetInterfaces().Contains(implemented) != true)
            .Select(Name)
            .Order(StringComparer.Ordinal);
        string[] all = type.IsEnum ? [] : [.. (basis is null ? [] : new[] { basis }), .. interfaces];
        return all.Length == 0 ? "" : $" : {string.Join(", ", all)}";
    }

    private static bool IsEquatable(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEquatable<>);

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), System.Globalization.CultureInfo.InvariantCulture)}");

        IEnumerable<string> constructors = type.GetConstructors(Declared).Where(IsSeen).Select(built => $"new({Parameters(built)})");
        IEnumerable<string> methods = type.GetMethods(Declared)
            .Where(method => IsSeen(method) && !method.IsSpecialName && !IsGenerated(method))
            .Select(method => $"{Static(method)}{Name(method.ReturnType)} {method.Name}{Generics(method)}({Parameters(method)})");
        IEnumerable<string> properties = type.GetProperties(Declared)
            .Where(property => property.GetAccessors(nonPublic: true).Any(IsSeen) && !IsGenerated(property))
            .Select(property => $"{Static(property.GetMethod!)}{Name(property.PropertyType)} {property.Name} {{ get;{Setter(property)} }}");
        IEnumerable<string> events = type.GetEvents(Declared).Where(raised => IsSeen(raised.AddMethod!)).Select(raised => $"event {Name(raised.EventHandlerType!)} {raised.Name}");
        return [.. constructors, .. methods, .. properties, .. events];
    }

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily;

    private static bool IsGenerated(MemberInfo member) =>
        member.GetCustomAttribute<CompilerGeneratedAttribute>() is not null || member.Name is "EqualityContract" or "<Clone>$";

    private static string Setter(PropertyInfo property)
    {
        if (property.SetMethod is not { } setter || !IsSeen(setter))
            return "";
        return setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;";
    }

    private static string Static(MethodBase method) => method.IsStatic ? "static " : "";

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters()
        .Select(parameter => $"{(parameter.IsOut ? "out " : "")}{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = …" : "")}"));

    private static string Name(Type type)
    {
        if (type.IsByRef || type.IsArray)
            return Name(type.GetElementType()!) + (type.IsArray ? "[]" : "");
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return $"{Name(underlying)}?";
        return type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Name;
    }
}
