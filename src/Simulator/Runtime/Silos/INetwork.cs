namespace AsyncTour.Simulator.Runtime;

/// <summary>
/// What lies between silos. In real time there is one silo and no network: calls and answers go straight to where they belong. Under
/// virtual time they travel, late or never.
/// </summary>
internal interface INetwork
{
    /// <summary>Brings a call to the activation it is for.</summary>
    void Request(Call call, Activation target);

    /// <summary>Brings the outcome that a call keeps back to its caller, from the silo that ran it.</summary>
    void Answer(Call call, Silo from);

    /// <summary>Tells the callee that its caller wants it to stop.</summary>
    void Stop(Call call, Activation target, Message stop);
}
