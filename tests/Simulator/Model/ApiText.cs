using System.Globalization;
using System.Reflection;

namespace AsyncTour.Simulator.Tests;

/// <summary>Writes public declarations as lines, so that those of two assemblies can be compared.</summary>
internal static class ApiText
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>What must be equal of a type's own declaration.</summary>
    public static string Head(Type type)
    {
        var kind = type.IsInterface ? "interface" : type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.BaseType == typeof(MulticastDelegate) ? "delegate" : "class";
        var modifiers = (type.IsAbstract && !type.IsInterface ? " abstract" : "") + (type.IsSealed ? " sealed" : "");
        var usage = type.GetCustomAttributesData().FirstOrDefault(one => one.AttributeType.Name == nameof(AttributeUsageAttribute));
        return $"{kind}{modifiers} {Name(type)} : {(type.BaseType is null ? "" : Name(type.BaseType))} {Usage(usage)}";
    }

    public static IEnumerable<string> Interfaces(Type type) => type.GetInterfaces().Select(Name);

    public static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Zip(Enum.GetValuesAsUnderlyingType(type).Cast<object>(), (name, value) => $"{name} = {value}");
        return type.GetMembers(Declared).Where(IsVisible).Select(Line).OfType<string>();
    }

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && (!method.IsSpecialName || method.IsConstructor || method.Name.StartsWith("op_", StringComparison.Ordinal)),
        FieldInfo field => field is { IsPublic: true, IsSpecialName: false },
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisibleAccessor),
        _ => false,
    };

    private static bool IsVisibleAccessor(MethodInfo accessor) => accessor.IsPublic || accessor.IsFamily || accessor.IsFamilyOrAssembly;

    private static string? Line(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"{Access(constructor)}new({Parameters(constructor)})",
        MethodInfo method => $"{Access(method)}{Name(method.ReturnType)} {method.Name}{Generics(method)}({Parameters(method)})",
        PropertyInfo property => $"{Access(property.GetAccessors(nonPublic: true).First(IsVisibleAccessor))}{Name(property.PropertyType)} {property.Name} {Accessors(property)}",
        FieldInfo field => $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}{(field.IsLiteral ? Invariant($" = {field.GetRawConstantValue()}") : "")}",
        _ => null,
    };

    private static string Access(MethodBase method)
    {
        var isOverridable = method is { IsVirtual: true, IsFinal: false } && method.DeclaringType is { IsInterface: false };
        return (method.IsPublic ? "" : "protected ") + (method.IsStatic ? "static " : "") + (isOverridable ? "virtual " : "");
    }

    private static string Accessors(PropertyInfo property)
    {
        var getter = property.GetMethod is { } get && IsVisibleAccessor(get) ? "get " : "";
        var isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Any(one => one.Name == "IsExternalInit") == true;
        var setter = property.SetMethod is { } set && IsVisibleAccessor(set) ? isInit ? "init" : "set" : "";
        return getter + setter;
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")}{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? Invariant($" = {parameter.RawDefaultValue ?? "null"}") : "")}"));

    private static string Generics(MethodInfo method) => !method.IsGenericMethod
        ? ""
        : $"<{string.Join(", ", method.GetGenericArguments().Select(one => $"{one.Name}{(one.GenericParameterAttributes == GenericParameterAttributes.None ? "" : $":{one.GenericParameterAttributes}")}{string.Concat(one.GetGenericParameterConstraints().Select(bound => ":" + Name(bound)))}"))}>";

    private static string Usage(CustomAttributeData? usage) => usage is null
        ? ""
        : $"[{usage.ConstructorArguments[0].Value} {string.Join(' ', usage.NamedArguments.Where(one => one.TypedValue.Value is not (false or true) || one.TypedValue.Value is true != (one.MemberName == "Inherited")).Select(one => Invariant($"{one.MemberName}={one.TypedValue.Value}")))}]";

    private static string Name(Type type)
    {
        if (type.HasElementType)
            return Name(type.GetElementType()!) + (type.IsArray ? "[]" : "&");
        if (!type.IsGenericType)
            return type.Name;
        return $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
