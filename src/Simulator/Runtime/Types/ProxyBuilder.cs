using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>
/// Writes the class of an interface's references: each method packs its arguments into one tuple and hands them, with the method's
/// description, to <see cref="GrainCalls"/>. Written as IL because a call through it then costs what a hand-written one would.
/// </summary>
internal static class ProxyBuilder
{
    private static readonly ConcurrentDictionary<Assembly, ModuleBuilder> _modules = new();
    private static readonly Lock _gate = new();

    private static readonly Type[] _constructorTypes = [typeof(GrainId), typeof(IGrainLink), typeof(GrainInterfaceType)];

    public static Func<GrainId, IGrainLink, GrainInterfaceType, GrainReference> Build(Type interfaceType, IReadOnlyList<GrainMethod> methods)
    {
        Type built;
        lock (_gate)
            built = Define(interfaceType, methods);
        for (var i = 0; i < methods.Count; i++)
            built.GetField($"Method{i}")!.SetValue(null, methods[i]);

        var parameters = _constructorTypes.Select(Expression.Parameter).ToArray();
        var make = Expression.New(built.GetConstructor(_constructorTypes)!, parameters);
        return Expression.Lambda<Func<GrainId, IGrainLink, GrainInterfaceType, GrainReference>>(make, parameters).Compile();
    }

    private static Type Define(Type interfaceType, IReadOnlyList<GrainMethod> methods)
    {
        var module = _modules.GetOrAdd(interfaceType.Assembly, NewModule);
        var type = module.DefineType($"References.{interfaceType.FullName!.Replace('+', '.')}", TypeAttributes.Public | TypeAttributes.Sealed, typeof(GrainReference), [interfaceType]);
        DefineConstructor(type);
        for (var i = 0; i < methods.Count; i++)
        {
            var field = type.DefineField($"Method{i}", methods[i].GetType(), FieldAttributes.Public | FieldAttributes.Static);
            DefineMethod(type, methods[i], field);
        }

        return type.CreateType();
    }

    private static void DefineConstructor(TypeBuilder type)
    {
        var il = type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, _constructorTypes).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Call, typeof(GrainReference).GetConstructor(BindingFlags.NonPublic | BindingFlags.Instance, _constructorTypes)!);
        il.Emit(OpCodes.Ret);
    }

    private static void DefineMethod(TypeBuilder type, GrainMethod grainMethod, FieldInfo descriptor)
    {
        var method = grainMethod.Method;
        var parameters = method.GetParameters();
        var defined = type.DefineMethod(
            $"{method.DeclaringType!.FullName}.{method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            method.ReturnType,
            [.. parameters.Select(parameter => parameter.ParameterType)]);
        type.DefineMethodOverride(defined, method);

        var il = defined.GetILGenerator();
        var generic = grainMethod.GetType().GetGenericArguments();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldsfld, descriptor);
        LoadTuple(il, generic[0], parameters);
        LoadToken(il, parameters);
        il.Emit(OpCodes.Call, typeof(GrainCalls).GetMethod(EntryFor(method.ReturnType))!.MakeGenericMethod(generic));
        il.Emit(OpCodes.Ret);
    }

    private static void LoadTuple(ILGenerator il, Type tuple, ParameterInfo[] parameters)
    {
        if (tuple == typeof(NoArguments))
        {
            il.Emit(OpCodes.Ldloc, il.DeclareLocal(tuple));
            return;
        }

        foreach (var parameter in parameters.Where(parameter => parameter.ParameterType != typeof(CancellationToken)))
            il.Emit(OpCodes.Ldarg, parameter.Position + 1);
        il.Emit(OpCodes.Newobj, tuple.GetConstructors()[0]);
    }

    private static void LoadToken(ILGenerator il, ParameterInfo[] parameters)
    {
        if (Array.Find(parameters, parameter => parameter.ParameterType == typeof(CancellationToken)) is { } token)
            il.Emit(OpCodes.Ldarg, token.Position + 1);
        else
            il.Emit(OpCodes.Ldloc, il.DeclareLocal(typeof(CancellationToken)));
    }

    private static string EntryFor(Type returnType)
    {
        if (!returnType.IsValueType)
            return nameof(GrainCalls.AsTask);
        return returnType.IsGenericType ? nameof(GrainCalls.AsValueTaskOf) : nameof(GrainCalls.AsValueTask);
    }

    /// <summary>A module that may see the internals of the interface's assembly and of this one: users' interfaces need not be public.</summary>
    private static ModuleBuilder NewModule(Assembly users)
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName($"{users.GetName().Name}.References"), AssemblyBuilderAccess.Run);
        var constructor = typeof(IgnoresAccessChecksToAttribute).GetConstructor([typeof(string)])!;
        foreach (var seen in new[] { users, typeof(ProxyBuilder).Assembly }.Distinct())
            assembly.SetCustomAttribute(new CustomAttributeBuilder(constructor, [seen.GetName().Name!]));
        return assembly.DefineDynamicModule("References");
    }
}
