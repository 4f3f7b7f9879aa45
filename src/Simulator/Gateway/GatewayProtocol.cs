using System.Reflection;
using System.Text;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>What gateway and client must agree on. A call is <c>POST /grains/{interface}/{key}/{method}</c> with a JSON array of arguments.</summary>
internal static class GatewayProtocol
{
    /// <summary>Changes when the meaning of requests does.</summary>
    public const string Version = "1";

    public const string VersionHeader = "AsyncTour-Protocol";
    public const string ContractHeader = "AsyncTour-Contract";
    public const string CallHeader = "AsyncTour-Call";
    public const string ContextHeader = "AsyncTour-Context";
    public const string ClassHeader = "AsyncTour-Class";
    public const string ClusterHeader = "AsyncTour-Cluster";

    /// <summary>The type of problem documents that are a grain's own exception.</summary>
    public const string ExceptionProblem = "urn:asynctour:exception";

    /// <summary>A fingerprint of an interface and of every type that its calls carry: two builds that differ in it must not talk.</summary>
    public static string ContractOf(GrainInterface contract)
    {
        var text = new StringBuilder(contract.Type.FullName);
        var seen = new HashSet<Type>();
        foreach (var method in contract.Methods)
        {
            text.Append('|').Append(method.WireName);
            foreach (var type in method.Arguments.Select(argument => argument.ParameterType).Append(method.ResultType))
                Describe(type, text, seen);
        }

        return StableHash.Of(text.ToString()).ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void Describe(Type type, StringBuilder text, HashSet<Type> seen)
    {
        text.Append(',').Append(type.IsGenericType ? type.Name : type.FullName);
        if (!seen.Add(type))
            return;
        if (type.HasElementType)
            Describe(type.GetElementType()!, text, seen);
        foreach (var argument in type.GetGenericArguments())
            Describe(argument, text, seen);
        if (type.IsEnum)
            text.Append('(').AppendJoin(',', type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.Name)).Append(')');
        else if (Crossing.IsDeclared(type))
            DescribeMembers(type, text, seen);
    }

    private static void DescribeMembers(Type type, StringBuilder text, HashSet<Type> seen)
    {
        text.Append('{');
        foreach (var member in SerializableMembers.Of(type))
        {
            text.Append(member.Name);
            Describe(member.Type, text, seen);
        }

        text.Append('}');
    }
}
