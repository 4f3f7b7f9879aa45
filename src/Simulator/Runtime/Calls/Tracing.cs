using System.Diagnostics;
using Orleans.Diagnostics;

namespace AsyncTour.Simulator.Runtime;

/// <summary>The spans of calls, named and tagged as Orleans does: one at the caller, one at the callee.</summary>
internal static class Tracing
{
    /// <summary>Whether anybody records calls; when nobody does, a call pays for nothing.</summary>
    public static bool IsOn => ActivitySources.Application.HasListeners();

    /// <summary>
    /// Begins at the caller, whose own code goes on outside of it. The call keeps it, and ends it when the answer is there: a span
    /// for each call is frequent enough that a task around each would cost more than the span.
    /// </summary>
    public static Activity? StartClient(Call call)
    {
        var around = Activity.Current;
        var activity = Tag(Source(call).StartActivity(call.Method.ActivityName, ActivityKind.Client), call);
        if (activity is null)
            return null;
        call.Trace = activity.Context;
        Activity.Current = around;
        return activity;
    }

    /// <summary>
    /// Begins when the request is taken from the queue: the wait before is the difference between the two spans. The grain's method
    /// runs inside of it, and the end of the turn forgets it.
    /// </summary>
    public static Activity? StartServer(Call call) => Tag(Source(call).StartActivity(call.Method.ActivityName, ActivityKind.Server, call.Trace), call);

    /// <summary>Ends a caller's span, wherever the answer arrives: that place's own current span stays what it was.</summary>
    public static void EndClient(Activity activity, Exception? failure)
    {
        var here = Activity.Current;
        End(activity, failure);
        if (!ReferenceEquals(Activity.Current, here))
            Activity.Current = here;
    }

    /// <summary>Ends a callee's span.</summary>
    public static void End(Activity activity, Exception? failure)
    {
        if (failure is not null)
            Fail(activity, failure);
        activity.Stop();
    }

    private static void Fail(Activity activity, Exception failure)
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
        activity.AddTag("rpc.system.name", "orleans");
        activity.AddTag("orleans.rpc.service", service);
        activity.AddTag("rpc.method", call.Method.RpcNameOf(service));
        if (activity.IsAllDataRequested)
        {
            activity.AddTag("orleans.rpc.target_id", call.Target.IdText);
            if (call.Source is { } source)
                activity.AddTag("orleans.rpc.source_id", source.IdText);
        }

        return activity;
    }
}
