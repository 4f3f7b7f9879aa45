using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>What happens to calls before they reach the grain, in its turn: a span, users' filters, the grain's own filter.</summary>
internal sealed class IncomingCalls(IServiceProvider services)
{
    private readonly IIncomingGrainCallFilter[] _filters = [.. services.GetServices<IIncomingGrainCallFilter>()];
    private readonly bool _propagates = services.GetService<ActivityPropagation>() is not null;

    public Task Run(Call call, object grain)
    {
        if (_propagates && Tracing.IsOn)
            call.ServerSpan = Tracing.StartServer(call);
        return Filter(call, grain);
    }

    private Task Filter(Call call, object grain) =>
        _filters.Length == 0 && grain is not IIncomingGrainCallFilter
            ? call.Invoke(grain)
            : Filtered(call, grain);

    private async Task Filtered(Call call, object grain)
    {
        var context = new Context(_filters, call, grain);
        await context.Invoke();
        call.Ran(call.ResultTask(context.Result));
    }

    private sealed class Context(IIncomingGrainCallFilter[] filters, Call call, object grain) : IIncomingGrainCallContext
    {
        private int _next;

        public object Grain => grain;

        public GrainId? SourceId => call.Source?.GrainId;

        public GrainId TargetId => call.Target.GrainId;

        public GrainInterfaceType InterfaceType => call.Target.InterfaceType;

        public string InterfaceName => call.Target.InterfaceName;

        public string MethodName => call.Method.Name;

        public MethodInfo InterfaceMethod => call.Method.Method;

        public object? Result { get; set; }

        public IGrainContext TargetContext => call.Host!;

        public MethodInfo ImplementationMethod
        {
            get
            {
                var map = grain.GetType().GetInterfaceMap(call.Method.Method.DeclaringType!);
                return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, call.Method.Method)];
            }
        }

        public async Task Invoke()
        {
            if (_next < filters.Length)
            {
                await filters[_next++].Invoke(this);
            }
            else if (_next++ == filters.Length && grain is IIncomingGrainCallFilter own)
            {
                await own.Invoke(this);
            }
            else
            {
                var task = call.Invoke(grain);
                await task;
                Result = call.ResultOf(task);
            }
        }
    }
}
