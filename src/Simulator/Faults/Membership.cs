using AsyncTour.Simulator.Runtime;
using AsyncTour.Simulator.Time;

namespace AsyncTour.Simulator.Faults;

/// <summary>
/// How silos find out that one of them is dead, with Orleans' defaults: each probes its next three neighbours every 5 s, suspects
/// one that has missed three probes in a row, and two that suspect it (or all others, where there are fewer) declare it dead.
/// </summary>
/// <remarks>A silo that is declared dead while it lives, because a cut kept it from answering, learns so at once and stops: the word of the table stands.</remarks>
internal sealed class Membership(Cluster cluster, Network network, SeededChoice choice, Action<Silo> declareDead)
{
    public static readonly TimeSpan ProbePeriod = TimeSpan.FromSeconds(5);

    private const int Neighbours = 3;
    private const int MissesToSuspect = 3;
    private const int VotesToDeclare = 2;

    private readonly SortedDictionary<(int Prober, int Probed), int> _misses = [];

    /// <summary>One silo's round of probes.</summary>
    public void Probe(SimulatedSilo prober, IReadOnlyList<SimulatedSilo> members)
    {
        if (!prober.IsRunning)
            return;
        for (var step = 1; step <= Math.Min(Neighbours, members.Count - 1); step++)
        {
            var probed = members[(prober.Number + step) % members.Count];
            if (!cluster.Silos.Contains(probed.Silo))
                continue;
            var answered = probed.IsRunning && network.CanReach(prober.Silo, probed.Silo) && !(network.Loss > 0 && choice.NextDouble() < network.Loss);
            var key = (prober.Number, probed.Number);
            if (answered)
                _misses.Remove(key);
            else
                _misses[key] = _misses.GetValueOrDefault(key) + 1;
            if (!answered && IsVotedDead(probed, members))
                declareDead(probed.Silo);
        }
    }

    /// <summary>A silo has begun a new life: nobody holds anything against it.</summary>
    public void Forget(int number)
    {
        foreach (var key in _misses.Keys.Where(key => key.Prober == number || key.Probed == number).ToList())
            _misses.Remove(key);
    }

    private bool IsVotedDead(SimulatedSilo probed, IReadOnlyList<SimulatedSilo> members)
    {
        var votes = 0;
        var voters = 0;
        for (var step = 1; step <= Math.Min(Neighbours, members.Count - 1); step++)
        {
            var prober = members[(probed.Number - step + members.Count) % members.Count];
            if (!prober.IsRunning)
                continue;
            voters++;
            if (_misses.GetValueOrDefault((prober.Number, probed.Number)) >= MissesToSuspect)
                votes++;
        }

        return votes > 0 && votes >= Math.Min(VotesToDeclare, voters);
    }
}
