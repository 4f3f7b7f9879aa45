using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>What happens to calls before they leave: a span, when spans are propagated and somebody records them, and users' filters.</summary>
internal sealed class OutgoingCalls(IGrainLink link, IServiceProvider services)
{
    private readonly IOutgoingGrainCallFilter[] _filters = [.. services.GetServices<IOutgoingGrainCallFilter>()];
    private readonly bool _propagates = services.GetService<ActivityPropagation>() is not null;

    /// <summary>Nothing happens to them.</summary>
    public bool IsPlain => _filters.Length == 0 && !(_propagates && Tracing.IsOn);

    public Task<TResult> Send<TArguments, TResult>(GrainReference reference, GrainMethod<TArguments, TResult> method, TArguments arguments, CancellationToken token)
    {
        if (link.CopiesArguments)
            arguments = method.CopyArguments(arguments);
        var call = new Call<TArguments, TResult>(reference, method, arguments, Activation.Current);
        return _filters.Length == 0 ? Traced(call, link, token) : Filtered(call, token);
    }

    private static Task<TResult> Traced<TArguments, TResult>(Call<TArguments, TResult> call, IGrainLink link, CancellationToken token)
    {
        call.ClientSpan = Tracing.StartClient(call);
        return GrainCalls.Leave(call, link, token);
    }

    private async Task<TResult> Filtered<TArguments, TResult>(Call<TArguments, TResult> call, CancellationToken token)
    {
        var context = new Context<TArguments, TResult>(this, call, token);
        await context.Invoke();
        return context.Result is TResult result ? result : default!;
    }

    private Task<TResult> Left<TArguments, TResult>(Call<TArguments, TResult> call, CancellationToken token)
    {
        call.CatchUpContext();
        return _propagates && Tracing.IsOn ? Traced(call, link, token) : GrainCalls.Leave(call, link, token);
    }

    private sealed class Context<TArguments, TResult>(OutgoingCalls outgoing, Call<TArguments, TResult> call, CancellationToken token) : IOutgoingGrainCallContext
    {
        private int _next;

        public object Grain => call.Target;

        public GrainId? SourceId => call.Source?.GrainId;

        public GrainId TargetId => call.Target.GrainId;

        public GrainInterfaceType InterfaceType => call.Target.InterfaceType;

        public string InterfaceName => call.Target.InterfaceName;

        public string MethodName => call.Method.Name;

        public MethodInfo InterfaceMethod => call.Method.Method;

        public object? Result { get; set; } = default(TResult);

        public IGrainContext? SourceContext => call.Source;

        public async Task Invoke()
        {
            if (_next < outgoing._filters.Length)
                await outgoing._filters[_next++].Invoke(this);
            else
                Result = await outgoing.Left(call, token);
        }
    }
}

/// <summary>Registered by <c>AddActivityPropagation</c>: calls are traced and carry their span's identity.</summary>
internal sealed class ActivityPropagation;
