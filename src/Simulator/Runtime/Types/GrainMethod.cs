using System.Reflection;

namespace AsyncTour.Simulator.Runtime;

/// <summary>One method of a grain interface: what its attributes say of it.</summary>
internal abstract class GrainMethod(Type interfaceType, MethodInfo method)
{
    public Type InterfaceType { get; } = interfaceType;

    public MethodInfo Method { get; } = method;

    public string Name => Method.Name;

    /// <summary>As spans are named: <c>IWorkerGrain/Run</c>.</summary>
    public string ActivityName { get; } = $"{interfaceType.Name}/{method.Name}";

    public bool AlwaysInterleaves { get; init; }

    public bool IsReadOnly { get; init; }

    public bool TakesToken { get; init; }

    /// <summary>From <c>[ResponseTimeout]</c>; null: what the options say.</summary>
    public TimeSpan? ResponseTimeout { get; init; }
}

/// <summary>A method with its compiled parts. Arguments travel as one value tuple, without the token.</summary>
internal sealed class GrainMethod<TArguments, TResult>(Type interfaceType, MethodInfo method) : GrainMethod(interfaceType, method)
{
    public required Func<object, TArguments, CancellationToken, Task?> Invoke { get; init; }

    public required Func<TArguments, TArguments> CopyArguments { get; init; }

    public required Func<TResult, TResult> CopyResult { get; init; }
}
