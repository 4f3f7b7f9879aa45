using Orleans;

namespace AsyncTour.Grains;

/// <summary>
/// The caller asked for something that cannot be done. The message is one sentence that says what was wrong and what is
/// allowed; nothing was started.
/// </summary>
[GenerateSerializer, Alias("asynctour.RefusedException")]
public sealed class RefusedException(string message) : Exception(message);
