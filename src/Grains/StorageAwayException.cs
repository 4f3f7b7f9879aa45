using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Grains;

/// <summary>
/// What grains keep their state in does not answer. Whether the last write reached it nobody knows; nothing of it was
/// acknowledged. The message is one sentence for people.
/// </summary>
[GenerateSerializer, Alias("asynctour.StorageAwayException")]
public sealed class StorageAwayException(string message) : OrleansException(message);
