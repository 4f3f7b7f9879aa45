using System.Text.Json;
using AsyncTour.Client.Commands;
using AsyncTour.Client.Connections;
using AsyncTour.Grains;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Promises;
using Orleans.Runtime;

namespace AsyncTour.Client.Promises;

/// <summary>One command's business with one promise, to its exit code.</summary>
internal sealed class PromiseVisit(Session session, bool json)
{
    // A silo that is being restarted by hand is worth some patience; a wait is for ever unless it says otherwise.
    private static readonly TimeSpan ShortPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongPatience = TimeSpan.FromDays(1);

    private readonly PromiseReport _report = new(session, json);

    private CancellationToken Interrupted => session.Terminal.Interrupted;

    public Task<int> NewAsync(string? id, TimeSpan? timeToLive) => Ask(async () =>
    {
        var promise = await Client(ShortPatience).CreateAsync<JsonElement>(id, timeToLive, Interrupted);
        return await _report.MadeAsync(promise, Interrupted);
    });

    public Task<int> GetAsync(string id) => Ask(async () =>
        _report.Status(await Find(id).StatusAsync(Interrupted) ?? throw new RefusedException(PromiseRules.Unknown(id))));

    public Task<int> SetAsync(string id, string text) => Ask(async () =>
    {
        var promise = Find(id);
        var won = await promise.TrySetResultAsync(await ValueText.ReadAsync(text, session.Terminal), Interrupted);
        return await _report.SettledAsync(promise, won, Interrupted);
    });

    public Task<int> FailAsync(string id, string? message) => Ask(async () =>
    {
        var promise = Find(id);
        var won = await promise.TrySetExceptionAsync(new PromiseFailedException(message ?? "it failed", errorType: null), Interrupted);
        return await _report.SettledAsync(promise, won, Interrupted);
    });

    public Task<int> CancelAsync(string id, string? message) => Ask(async () =>
    {
        var promise = Find(id);
        return await _report.SettledAsync(promise, await promise.CancelAsync(message, Interrupted), Interrupted);
    });

    public Task<int> WaitAsync(string id, TimeSpan? timeout) => Ask(async () =>
    {
        var promise = Client(LongPatience).Find<JsonElement>(id);
        using var patience = timeout is { } limit ? new CancellationTokenSource(limit, session.Terminal.Time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, Interrupted);
        try
        {
            return _report.Status(await promise.WaitAsync(either.Token));
        }
        catch (OperationCanceledException) when (Interrupted.IsCancellationRequested)
        {
            return _report.GaveUp($"interrupted; the promise '{id}' is as it was", ExitCode.Interrupted);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return _report.GaveUp($"the promise '{id}' is not settled after {Duration.Format(timeout!.Value)}; it is as it was", ExitCode.SomeJobDidNot);
        }
    });

    private Promise<JsonElement> Find(string id) => Client(ShortPatience).Find<JsonElement>(id);

    private PromiseClient Client(TimeSpan patience) => new(
        session.Connection.Grains, new PromiseClientOptions { Patience = patience, Time = session.Terminal.Time, Random = session.Terminal.Random });

    private async Task<int> Ask(Func<Task<int>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            throw new NoSiloException($"{session.Connection.Subject} stopped answering: {e.Message}");
        }
    }
}
