using AsyncTour.Grains.Promises;

namespace AsyncTour.Simulation.Watching;

/// <summary>One promise, looked at after each of its turns: once settled, it never says anything else, whatever becomes of its silo.</summary>
internal sealed class PromiseWatch(string id)
{
    private PromiseStatus? _settled;

    public void Look(IPromiseGrain promise)
    {
        if (promise.Status() is not { IsCompletedSuccessfully: true, Result: { } now })
            return;
        if (_settled is null)
        {
            if (now.IsSettled)
                _settled = now;
            return;
        }

        if (now.State != _settled.State || now.Value != _settled.Value || now.SettledBy != _settled.SettledBy || now.Settled != _settled.Settled)
            throw new BreachException($"promise {id} was settled by {_settled.SettledBy}, and now says {now.State.ToText()} by {now.SettledBy ?? "nobody"}");
    }
}
