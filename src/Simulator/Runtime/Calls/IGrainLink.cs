using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>The way that a reference's calls take: inside this process, or to another through its gateway.</summary>
internal interface IGrainLink
{
    /// <summary>Whether arguments must be copied before they leave the caller; a link that writes them as text need not.</summary>
    bool CopiesArguments { get; }

    OutgoingCalls Outgoing { get; }

    GrainReference ReferenceTo(Type interfaceType, GrainId id);

    void Send(Call call);

    void OnCallerCancelled(Call call);
}
