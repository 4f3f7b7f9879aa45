using Orleans.Runtime;

namespace Orleans;

/// <summary>The name of this grain class inside identities, so that the name in the source may change.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    internal GrainType Name { get; } = GrainType.Create(grainType);
}
