using AsyncTour.Simulator.Runtime;

namespace Orleans.Runtime;

/// <summary>The address of a grain, and the base of what <see cref="IGrainFactory"/> hands out. Equal when it means the same grain.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    internal GrainReference(GrainId grainId, IGrainLink link, GrainInterfaceType interfaceType)
    {
        GrainId = grainId;
        Link = link;
        InterfaceType = interfaceType;
    }

    public GrainId GrainId { get; }

    public GrainInterfaceType InterfaceType { get; }

    public virtual string InterfaceName => InterfaceType.ToString()!;

    /// <summary>The grain's id as spans show it, made once.</summary>
    internal string IdText => field ??= GrainId.ToString();

    /// <summary>The way that calls take: within this process, or to another through its gateway.</summary>
    internal IGrainLink Link { get; }

    /// <summary>Where the last call went: most calls go to the same activation, and this spares them a look-up.</summary>
    internal object? LastTarget { get; set; }

    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) => Equals(reference1, reference2);

    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) => !Equals(reference1, reference2);

    public virtual TGrainInterface Cast<TGrainInterface>()
        where TGrainInterface : IAddressable =>
        (TGrainInterface)(object)Link.ReferenceTo(typeof(TGrainInterface), GrainId);

    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public sealed override string ToString() => $"GrainReference:{GrainId}";
}
