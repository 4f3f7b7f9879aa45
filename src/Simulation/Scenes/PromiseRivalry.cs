using System.Globalization;
using AsyncTour.Grains.Promises;
using AsyncTour.Simulation.Plans;
using AsyncTour.Simulation.Watching;
using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Simulation.Scenes;

/// <summary>
/// Promises that several rivals each try to settle while the run goes on. A rival that gets no answer asks again with its ticket. At
/// most one of them may ever be told that it won, and what is settled stays.
/// </summary>
internal sealed class PromiseRivalry(Plan plan, IGrainFactory grains, TimeProvider time, string promiseClass)
{
    private const int Rivals = 3;

    private static readonly TimeSpan BeforeAskingAgain = TimeSpan.FromSeconds(1);

    // The rivals come within the first tenth of a second, close enough to meet, or within the first minute, among the faults.
    private readonly Random _random = new(unchecked((plan.Seed * 131) + 7));

    public static string IdOf(int number) => "rivalry-" + number.ToString(CultureInfo.InvariantCulture);

    public Task RunAsync() => Task.WhenAll(Enumerable.Range(0, plan.Promises).Select(ContestAsync));

    private async Task ContestAsync(int number)
    {
        var promise = grains.GetGrain<IPromiseGrain>(IdOf(number), promiseClass);
        var id = IdOf(number);
        var within = _random.Next(2) == 0 ? TimeSpan.FromSeconds(0.1) : TimeSpan.FromMinutes(1);
        var delays = Enumerable.Range(0, Rivals).Select(_ => within * _random.NextDouble()).ToArray();
        await Ask(() => promise.Create(new PromiseCreation(TimeSpan.FromHours(24), "simulation", id)));
        var replies = await Task.WhenAll(delays.Select((delay, rival) => SettleAsync(promise, delay, rival)));
        if (replies.Count(static reply => reply.Won) > 1)
            throw new BreachException($"promise {id}: {replies.Count(static reply => reply.Won)} rivals were told that they had won");
        var end = await Ask(promise.Status);
        if (end is not { IsSettled: true } || replies.Any(reply => reply.Status.SettledBy != end.SettledBy))
            throw new BreachException($"promise {id}: rivals were told of different settlements, and it is {end?.State.ToText() ?? "not known"}");
    }

    private async Task<PromiseReply> SettleAsync(IPromiseGrain promise, TimeSpan delay, int rival)
    {
        await Task.Delay(delay, time);
        var name = "rival " + rival.ToString(CultureInfo.InvariantCulture);
        return await Ask(() => promise.Settle(new PromiseSettlement { State = PromiseState.Done, Value = $"\"{name}\"", By = name, Ticket = name }));
    }

    private async Task<T> Ask<T>(Func<Task<T>> question)
    {
        while (true)
        {
            try
            {
                return await question();
            }
            catch (Exception e) when (e is TimeoutException or OrleansMessageRejectionException)
            {
                await Task.Delay(BeforeAskingAgain, time);
            }
        }
    }
}
