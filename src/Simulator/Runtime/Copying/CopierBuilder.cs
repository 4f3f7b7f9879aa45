using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace AsyncTour.Simulator.Runtime;

/// <summary>Makes the copier of one type, from what kind of type it is.</summary>
internal static class CopierBuilder
{
    public static Func<T, Copying, T> Build<T>()
    {
        var type = typeof(T);
        if (Crossing.IsImmutable(type))
            return static (value, _) => value;
        if (type.IsArray)
            return FromTemplate<T>(nameof(Array), type.GetElementType()!);
        if (type.IsGenericType && CollectionTemplate(type.GetGenericTypeDefinition()) is { } template)
            return FromTemplate<T>(template, type.GetGenericArguments());
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return FromTemplate<T>(nameof(CollectionCopiers.Nullable), underlying);
        if (Crossing.IsTuple(type))
            return Fields<T>([.. type.GetFields(BindingFlags.Public | BindingFlags.Instance).Select(field => new SerializableMember(0, field.Name, field, field.FieldType, false))]);
        if (Crossing.IsDeclared(type) && !type.IsAbstract)
            return Declared<T>();
        return DeepCopier.CopyByRuntimeType;
    }

    private static string? CollectionTemplate(Type shape)
    {
        if (shape == typeof(List<>))
            return nameof(CollectionCopiers.List);
        if (shape == typeof(Dictionary<,>))
            return nameof(CollectionCopiers.Dictionary);
        if (shape == typeof(HashSet<>))
            return nameof(CollectionCopiers.HashSet);
        if (shape == typeof(Queue<>))
            return nameof(CollectionCopiers.Queue);
        if (shape == typeof(Stack<>))
            return nameof(CollectionCopiers.Stack);
        if (shape == typeof(SortedDictionary<,>))
            return nameof(CollectionCopiers.SortedDictionary);
        return shape == typeof(SortedSet<>) ? nameof(CollectionCopiers.SortedSet) : null;
    }

    private static Func<T, Copying, T> FromTemplate<T>(string name, params Type[] arguments) =>
        typeof(CollectionCopiers).GetMethod(name, BindingFlags.Public | BindingFlags.Static)!.MakeGenericMethod(arguments).CreateDelegate<Func<T, Copying, T>>();

    private static Func<T, Copying, T> Declared<T>()
    {
        var exact = Fields<T>(SerializableMembers.Of(typeof(T)));
        if (typeof(T).IsValueType)
            return exact;
        return (value, copying) =>
        {
            if (value is null)
                return value;
            if (copying.TryFind<T>(value, out var met))
                return met;
            return value.GetType() == typeof(T) ? exact(value, copying) : DeepCopier.CopyByRuntimeType(value, copying);
        };
    }

    /// <summary>Copies field by field, in IL because fields may be private and read-only.</summary>
    private static Func<T, Copying, T> Fields<T>(IReadOnlyList<SerializableMember> members)
    {
        var type = typeof(T);
        var method = new DynamicMethod($"Copy{type.Name}", type, [type, typeof(Copying)], typeof(CopierBuilder).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        var copy = il.DeclareLocal(type);
        EmitNew(il, type, copy);
        foreach (var member in members)
        {
            il.Emit(type.IsValueType ? OpCodes.Ldloca : OpCodes.Ldloc, copy);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, member.Field);
            if (!member.Immutable && !Crossing.IsImmutable(member.Type))
            {
                il.Emit(OpCodes.Ldarg_1);
                il.Emit(OpCodes.Call, typeof(CopierOf<>).MakeGenericType(member.Type).GetMethod(nameof(CopierOf<int>.Copy))!);
            }

            il.Emit(OpCodes.Stfld, member.Field);
        }

        il.Emit(OpCodes.Ldloc, copy);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<T, Copying, T>>();
    }

    private static void EmitNew(ILGenerator il, Type type, LocalBuilder copy)
    {
        if (type.IsValueType)
            return;
        if (type.GetConstructor(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance, Type.EmptyTypes) is { } constructor)
        {
            il.Emit(OpCodes.Newobj, constructor);
        }
        else
        {
            il.Emit(OpCodes.Ldtoken, type);
            il.Emit(OpCodes.Call, typeof(Type).GetMethod(nameof(Type.GetTypeFromHandle))!);
            il.Emit(OpCodes.Call, typeof(RuntimeHelpers).GetMethod(nameof(RuntimeHelpers.GetUninitializedObject))!);
            il.Emit(OpCodes.Castclass, type);
        }

        il.Emit(OpCodes.Stloc, copy);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldloc, copy);
        il.Emit(OpCodes.Call, typeof(Copying).GetMethod(nameof(Copying.Track))!);
    }
}
