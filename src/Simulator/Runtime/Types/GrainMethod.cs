using System.Diagnostics;
using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>One method of a grain interface: what its attributes say of it.</summary>
internal abstract class GrainMethod(Type interfaceType, MethodInfo method)
{
    private RpcName? _rpcName;

    public Type InterfaceType { get; } = interfaceType;

    public MethodInfo Method { get; } = method;

    public string Name => Method.Name;

    /// <summary>As spans are named: <c>IWorkerGrain/Run</c>.</summary>
    public string ActivityName { get; } = $"{interfaceType.Name}/{method.Name}";

    /// <summary>As spans' attributes name it, <c>service/method</c>: made once, as a method is called through one interface.</summary>
    public string RpcNameOf(string service)
    {
        var known = _rpcName;
        if (known?.Service != service)
            _rpcName = known = new RpcName(service, $"{service}/{Name}");
        return known.Name;
    }

    /// <summary>As requests from other processes name it.</summary>
    public string WireName { get; } = method.GetCustomAttribute<AliasAttribute>()?.Alias ?? method.Name;

    /// <summary>What travels: all parameters but the token, in order.</summary>
    public ParameterInfo[] Arguments { get; } = [.. MethodCompiler.ArgumentsOf(method)];

    /// <summary>The result's type; <see cref="Nothing"/> when there is none.</summary>
    public Type ResultType { get; } = MethodCompiler.ResultOf(method);

    public bool AlwaysInterleaves { get; init; }

    public bool IsReadOnly { get; init; }

    public bool TakesToken { get; init; }

    /// <summary>From <c>[ResponseTimeout]</c>; null: what the options say.</summary>
    public TimeSpan? ResponseTimeout { get; init; }

    /// <summary>Calls with arguments that came from another process, each of its declared type.</summary>
    public abstract Task<object?> CallUntyped(GrainReference reference, object?[] arguments, ActivityContext trace, CancellationToken token);

    private sealed record RpcName(string Service, string Name);
}

/// <summary>A method with its compiled parts. Arguments travel as one value tuple, without the token.</summary>
internal sealed class GrainMethod<TArguments, TResult>(Type interfaceType, MethodInfo method) : GrainMethod(interfaceType, method)
{
    private Func<object?[], TArguments>? _pack;

    public required Func<object, TArguments, CancellationToken, Task?> Invoke { get; init; }

    public required Func<TArguments, TArguments> CopyArguments { get; init; }

    public required Func<TResult, TResult> CopyResult { get; init; }

    public override async Task<object?> CallUntyped(GrainReference reference, object?[] arguments, ActivityContext trace, CancellationToken token) =>
        await GrainCalls.Send(reference, this, (_pack ??= MethodCompiler.Packer<TArguments>())(arguments), token, trace);
}
