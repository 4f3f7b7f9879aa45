using Orleans.Runtime;

namespace Orleans;

/// <summary>What every grain interface extends, through one of the keyed interfaces below.</summary>
public interface IGrain : IAddressable;

/// <summary>A grain known by a string.</summary>
public interface IGrainWithStringKey : IGrain;

/// <summary>A grain known by a 64-bit number.</summary>
public interface IGrainWithIntegerKey : IGrain;

/// <summary>A grain known by a <see cref="Guid"/>.</summary>
public interface IGrainWithGuidKey : IGrain;
