using System.Diagnostics;
using Orleans.Diagnostics;

namespace AsyncTour.Simulator.Runtime;

/// <summary>The spans of calls, named and tagged as Orleans does: one at the caller, one at the callee.</summary>
internal static class Tracing
{
    /// <summary>Whether anybody records calls; when nobody does, a call pays for nothing.</summary>
    public static bool IsOn => ActivitySources.Application.HasListeners();

    public static Activity? StartClient(Call call) => Tag(Source(call).StartActivity(call.Method.ActivityName, ActivityKind.Client), call);

    /// <summary>Begins when the request is taken from the queue: the wait before is the difference between the two spans.</summary>
    public static Activity? StartServer(Call call) => Tag(Source(call).StartActivity(call.Method.ActivityName, ActivityKind.Server, call.Trace), call);

    public static void Fail(Activity activity, Exception failure)
    {
        if (!activity.IsAllDataRequested)
            return;
        activity.SetStatus(ActivityStatusCode.Error);
        activity.SetTag("exception.type", failure.GetType().FullName);
        activity.SetTag("exception.message", failure.Message);
        activity.SetTag("exception.stacktrace", failure.ToString());
        activity.SetTag("exception.escaped", true);
    }

    /// <summary>The engine's own grains, whose interfaces are in its namespace, are not the application's business.</summary>
    private static ActivitySource Source(Call call) =>
        call.Method.InterfaceType.Namespace?.StartsWith("Orleans", StringComparison.Ordinal) == true ? ActivitySources.Runtime : ActivitySources.Application;

    private static Activity? Tag(Activity? activity, Call call)
    {
        if (activity is null)
            return null;
        var service = call.Target.InterfaceName;
        activity.SetTag("rpc.system.name", "orleans");
        activity.SetTag("orleans.rpc.service", service);
        activity.SetTag("rpc.method", $"{service}/{call.Method.Name}");
        if (activity.IsAllDataRequested)
        {
            activity.SetTag("orleans.rpc.target_id", call.Target.GrainId.ToString());
            if (call.Source is { } source)
                activity.SetTag("orleans.rpc.source_id", source.GrainId.ToString());
        }

        return activity;
    }
}
