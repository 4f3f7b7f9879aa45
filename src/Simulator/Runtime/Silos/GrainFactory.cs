using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>Makes references that call by one link.</summary>
internal sealed class GrainFactory(IGrainLink link, GrainCatalog catalog) : IGrainFactory
{
    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey =>
        (TGrainInterface)(object)Make(typeof(TGrainInterface), GrainKey.Of(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey =>
        (TGrainInterface)(object)Make(typeof(TGrainInterface), GrainKey.Of(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey =>
        (TGrainInterface)(object)Make(typeof(TGrainInterface), GrainKey.Of(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable =>
        (TGrainInterface)(object)link.ReferenceTo(typeof(TGrainInterface), grainId);

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) => (IGrain)Make(grainInterfaceType, GrainKey.Of(grainPrimaryKey), null);

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) => (IGrain)Make(grainInterfaceType, GrainKey.Of(grainPrimaryKey), null);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => (IGrain)Make(grainInterfaceType, GrainKey.Of(grainPrimaryKey), null);

    private GrainReference Make(Type interfaceType, IdSpan key, string? prefix) =>
        link.ReferenceTo(interfaceType, GrainId.Create(catalog.For(interfaceType, prefix).Name, key));
}
