using System.Linq.Expressions;
using System.Reflection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>Turns a grain interface's method into what calls need of it, and refuses what cannot be honoured, by name.</summary>
internal static class MethodCompiler
{
    public const int MostArguments = 7;

    public static GrainMethod Compile(Type interfaceType, MethodInfo method)
    {
        Refuse(method);
        var arguments = ArgumentsOf(method).Select(parameter => parameter.ParameterType).ToArray();
        var tuple = TupleOf(arguments);
        var build = typeof(MethodCompiler).GetMethod(nameof(Build), BindingFlags.NonPublic | BindingFlags.Static)!;
        return (GrainMethod)build.MakeGenericMethod(tuple, ResultOf(method)).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [interfaceType, method], null)!;
    }

    /// <summary>The parameters that travel: all but the token.</summary>
    public static IEnumerable<ParameterInfo> ArgumentsOf(MethodInfo method) =>
        method.GetParameters().Where(parameter => parameter.ParameterType != typeof(CancellationToken));

    public static Type ResultOf(MethodInfo method) =>
        method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments()[0] : typeof(Nothing);

    public static Type TupleOf(Type[] types) => types.Length switch
    {
        0 => typeof(NoArguments),
        1 => typeof(ValueTuple<>).MakeGenericType(types),
        2 => typeof(ValueTuple<,>).MakeGenericType(types),
        3 => typeof(ValueTuple<,,>).MakeGenericType(types),
        4 => typeof(ValueTuple<,,,>).MakeGenericType(types),
        5 => typeof(ValueTuple<,,,,>).MakeGenericType(types),
        6 => typeof(ValueTuple<,,,,,>).MakeGenericType(types),
        _ => typeof(ValueTuple<,,,,,,>).MakeGenericType(types),
    };

    /// <summary>Makes a tuple of arguments that came one by one, each of its type. Compiled, because every call from another process needs it.</summary>
    public static Func<object?[], TArguments> Packer<TArguments>()
    {
        var list = Expression.Parameter(typeof(object?[]));
        var types = typeof(TArguments).GetGenericArguments();
        Expression tuple = types.Length == 0
            ? Expression.Default(typeof(TArguments))
            : Expression.New(typeof(TArguments).GetConstructors()[0], types.Select((type, index) => Expression.Convert(Expression.ArrayIndex(list, Expression.Constant(index)), type)));
        return Expression.Lambda<Func<object?[], TArguments>>(tuple, list).Compile();
    }

    private static GrainMethod<TArguments, TResult> Build<TArguments, TResult>(Type interfaceType, MethodInfo method) =>
        new(interfaceType, method)
        {
            AlwaysInterleaves = method.IsDefined(typeof(AlwaysInterleaveAttribute)),
            IsReadOnly = method.IsDefined(typeof(ReadOnlyAttribute)),
            TakesToken = method.GetParameters().Any(parameter => parameter.ParameterType == typeof(CancellationToken)),
            ResponseTimeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout,
            Invoke = Invoker<TArguments>(method),
            CopyArguments = ArgumentCopier<TArguments>(method),
            CopyResult = method.ReturnParameter.IsDefined(typeof(ImmutableAttribute)) ? static result => result : DeepCopier.For<TResult>(Where(method) + ", result"),
        };

    private static Func<object, TArguments, CancellationToken, Task?> Invoker<TArguments>(MethodInfo method)
    {
        var target = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(TArguments));
        var token = Expression.Parameter(typeof(CancellationToken));
        var index = 0;
        var passed = method.GetParameters().Select(parameter => parameter.ParameterType == typeof(CancellationToken)
            ? (Expression)token
            : Expression.Field(arguments, $"Item{++index}"));
        Expression call = Expression.Call(Expression.Convert(target, method.DeclaringType!), method, passed.ToArray());
        if (method.ReturnType.IsValueType)
            call = Expression.Call(call, method.ReturnType.GetMethod(nameof(ValueTask.AsTask))!);
        return Expression.Lambda<Func<object, TArguments, CancellationToken, Task?>>(
            Expression.Convert(call, typeof(Task)), target, arguments, token).Compile();
    }

    private static Func<TArguments, TArguments> ArgumentCopier<TArguments>(MethodInfo method)
    {
        var parameters = ArgumentsOf(method).ToArray();
        var copied = parameters.Select(parameter => !parameter.IsDefined(typeof(ImmutableAttribute)) && DeepCopier.MustCopy(parameter.ParameterType, $"{Where(method)}, parameter {parameter.Name}")).ToArray();
        if (!copied.Contains(true))
            return static arguments => arguments;

        // One copying for all arguments: what two of them share stays shared at the callee.
        var arguments = Expression.Parameter(typeof(TArguments));
        var copying = Expression.Variable(typeof(Copying));
        var items = parameters.Select((parameter, index) =>
        {
            Expression item = Expression.Field(arguments, $"Item{index + 1}");
            return copied[index] ? DeepCopier.CopyExpression(parameter.ParameterType, item, copying) : item;
        });
        var body = Expression.Block(
            typeof(TArguments),
            [copying],
            Expression.Assign(copying, Expression.New(typeof(Copying))),
            Expression.New(typeof(TArguments).GetConstructors()[0], items));
        return Expression.Lambda<Func<TArguments, TArguments>>(body, arguments).Compile();
    }

    private static void Refuse(MethodInfo method)
    {
        var where = Where(method);
        if (method.IsDefined(typeof(OneWayAttribute)))
            throw new OrleansConfigurationException($"{where} is [OneWay], which the Simulator does not do. Return a Task and let the caller not await it.");
        if (method.IsGenericMethod)
            throw new OrleansConfigurationException($"{where} is generic, which the Simulator does not do.");
        var shape = method.ReturnType.IsGenericType ? method.ReturnType.GetGenericTypeDefinition() : method.ReturnType;
        if (shape != typeof(Task) && shape != typeof(Task<>) && shape != typeof(ValueTask) && shape != typeof(ValueTask<>))
            throw new OrleansConfigurationException($"{where} returns {method.ReturnType.Name}; a grain's methods return Task, Task<T>, ValueTask or ValueTask<T>.");
        var parameters = method.GetParameters();
        if (parameters.Count(parameter => parameter.ParameterType == typeof(CancellationToken)) > 1)
            throw new OrleansConfigurationException($"{where} takes more than one CancellationToken; one is allowed.");
        if (ArgumentsOf(method).Count() > MostArguments)
            throw new OrleansConfigurationException($"{where} takes more than {MostArguments} arguments, which the Simulator does not do. Pass them in one [GenerateSerializer] type.");
        if (parameters.Any(parameter => parameter.ParameterType.IsByRef))
            throw new OrleansConfigurationException($"{where} takes a parameter by reference, which cannot cross a call.");
    }

    private static string Where(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
