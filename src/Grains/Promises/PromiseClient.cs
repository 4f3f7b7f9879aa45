using System.Globalization;
using System.Text.Json;
using AsyncTour.Grains.Runs;
using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Grains.Promises;

/// <summary>Makes promises and finds them again, from any process that has a grain factory.</summary>
public sealed class PromiseClient
{
    private const string Letters = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int IdLength = 10;

    private readonly IGrainFactory _grains;
    private readonly PromiseClientOptions _options;
    private readonly Lock _gate = new();
    private readonly string _tickets;
    private long _ticket;

    /// <param name="grains">Finds grains: a silo's or a client's.</param>
    /// <param name="options">Who this is, its clock, its patience; <c>null</c> for the defaults.</param>
    public PromiseClient(IGrainFactory grains, PromiseClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(grains);
        _grains = grains;
        _options = options ?? new PromiseClientOptions();
        Patience = new Patience(_options.Time, new Random(_options.Random.Next()), _options.Patience, static e => e is OrleansException or TimeoutException);
        // Two clients may have been given the same seed, but hardly in the same ten-millionth of a second.
        _tickets = string.Create(CultureInfo.InvariantCulture, $"{Draw(IdLength)}-{_options.Time.GetUtcNow().UtcTicks:x}");
    }

    /// <summary>How others see this client.</summary>
    public string Name => _options.Name;

    internal Patience Patience { get; }

    internal JsonSerializerOptions Json => _options.Json;

    /// <summary>Makes a promise. It exists, and survives a crash, when this returns.</summary>
    /// <param name="id">What others find it by, without '/' or white space; <c>null</c>: ten letters and digits that nobody has yet.</param>
    /// <param name="timeToLive">How long it is kept while nobody settles or reads it; <c>null</c>: 24 hours.</param>
    /// <exception cref="RefusedException">There is a promise of that id, or the id or the time is not allowed.</exception>
    public async Task<Promise<T>> CreateAsync<T>(string? id = null, TimeSpan? timeToLive = null, CancellationToken cancellationToken = default)
    {
        id ??= "p-" + Draw(IdLength);
        var creation = new PromiseCreation(timeToLive ?? PromiseLimits.DefaultTimeToLive, Name, NewTicket());
        Refuse(PromiseRules.RefuseId(id) ?? PromiseRules.Refuse(creation));
        var grain = _grains.GetGrain<IPromiseGrain>(id);
        await Patience.AskAsync(() => grain.Create(creation), cancellationToken);
        return new Promise<T>(id, new GrainPromise(grain), this);
    }

    /// <summary>
    /// A promise by its id, whoever made it; <c>{run}/{index}</c> is the promise of one job of a run. Whether there is
    /// such a promise, its status tells.
    /// </summary>
    /// <exception cref="RefusedException">No promise can have that id.</exception>
    public Promise<T> Find<T>(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (JobPromise.TryParse(id, out var run, out var index))
        {
            return new Promise<T>(id, new JobPromise(run, index, _grains.GetGrain<IRunGrain>(run)), this);
        }

        Refuse(PromiseRules.RefuseId(id));
        return new Promise<T>(id, new GrainPromise(_grains.GetGrain<IPromiseGrain>(id)), this);
    }

    /// <summary>A name for one call, so that it may be repeated and still count once.</summary>
    internal string NewTicket() => string.Create(CultureInfo.InvariantCulture, $"{_tickets}-{Interlocked.Increment(ref _ticket)}");

    private string Draw(int length)
    {
        lock (_gate)
        {
            return new string(_options.Random.GetItems<char>(Letters, length));
        }
    }

    private static void Refuse(string? reason)
    {
        if (reason is not null)
        {
            throw new RefusedException(reason);
        }
    }
}
