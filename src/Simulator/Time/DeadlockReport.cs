using System.Text;
using AsyncTour.Simulator.Runtime;

namespace AsyncTour.Simulator.Time;

/// <summary>Who waits for whom, when nothing can happen any more.</summary>
internal static class DeadlockReport
{
    private const int MostLines = 20;

    public static string Of(Cluster cluster, string heading)
    {
        var calls = cluster.Pending.Find(static _ => true);
        calls.Reverse();
        var report = new StringBuilder(heading);
        foreach (var call in calls.Take(MostLines))
            report.AppendLine().Append("  ").Append(Line(call));
        if (calls.Count > MostLines)
            report.AppendLine().Append("  and ").Append(calls.Count - MostLines).Append(" more calls");
        if (calls.Count == 0)
            report.AppendLine().Append("  no call is under way: the code outside of grains waits for something that no grain will do");
        if (Circle(calls) is { } circle)
            report.AppendLine().Append("  in a circle: ").Append(string.Join(" → ", circle));
        return report.ToString();
    }

    private static string Line(Call call) => $"{Caller(call)} waits for {call.Describe()}, {Stage(call)}";

    private static string Caller(Call call) => call.Source?.GrainId.ToString() ?? "the client";

    private static string Stage(Call call) => call switch
    {
        { SentTo.Silo.Status: Orleans.Runtime.SiloStatus.Dead } => "whose silo is dead",
        { Host: null } => "which has not arrived",
        _ when call.Host.Admission.Running().Contains(call) => "which has begun",
        _ => $"which waits behind {call.Host.Admission.Running().FirstOrDefault()?.Describe() ?? "its grain's activation"}",
    };

    private static List<string>? Circle(List<Call> calls)
    {
        foreach (var start in calls.Where(call => call.Source is not null))
        {
            var path = new List<string> { start.Source!.GrainId.ToString() };
            for (var call = start; call is not null && path.Count <= calls.Count;)
            {
                path.Add(call.Target.GrainId.ToString());
                if (call.Target.GrainId.Equals(start.Source.GrainId))
                    return path;
                call = calls.Find(next => next.Source is { } source && source.GrainId.Equals(call.Target.GrainId));
            }
        }

        return null;
    }
}
