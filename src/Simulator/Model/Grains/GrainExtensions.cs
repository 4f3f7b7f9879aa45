using AsyncTour.Simulator.Runtime;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Keys and references of grains, from inside a grain or from a reference to one.</summary>
public static class GrainExtensions
{
    /// <summary>The identity that calls are addressed to.</summary>
    /// <exception cref="ArgumentException">The object is neither a grain nor a reference to one.</exception>
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        GrainReference reference => reference.GrainId,
        IGrainBase instance => instance.GrainContext?.GrainId
            ?? throw new ArgumentException($"{grain.GetType().Name} has no identity: it was made with new, not by a silo.", nameof(grain)),
        null => throw new ArgumentNullException(nameof(grain)),
        _ => throw new ArgumentException($"{grain.GetType().Name} is neither a grain nor a reference to one.", nameof(grain)),
    };

    public static bool IsPrimaryKeyBasedOnLong(this IAddressable grain) => GrainKey.TryReadInteger(grain.GetGrainId().Key, out _);

    /// <exception cref="InvalidOperationException">The grain's key is not a number.</exception>
    public static long GetPrimaryKeyLong(this IAddressable grain) => GrainKey.ReadInteger(grain.GetGrainId());

    /// <exception cref="InvalidOperationException">The grain's key is not a <see cref="Guid"/>.</exception>
    public static Guid GetPrimaryKey(this IAddressable grain) => GrainKey.ReadGuid(grain.GetGrainId());

    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString()!;

    /// <summary>A reference to this very grain by one of its interfaces, as may be passed to other grains.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) =>
        (TGrainInterface)grain.AsReference(typeof(TGrainInterface));

    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    public static object AsReference(this IAddressable grain, Type interfaceType) => grain switch
    {
        GrainReference reference => reference.Link.ReferenceTo(interfaceType, reference.GrainId),
        IGrainBase { GrainContext: Activation activation } => activation.Silo.ReferenceTo(interfaceType, activation.GrainId),
        null => throw new ArgumentNullException(nameof(grain)),
        _ => throw new ArgumentException($"{grain.GetType().Name} is neither a grain nor a reference to one.", nameof(grain)),
    };

    public static object Cast(this IAddressable grain, Type interfaceType) => grain.AsReference(interfaceType);
}
