using System.Globalization;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Grains.Promises;

/// <summary>The bounds of a promise and of one call to it.</summary>
public static class PromiseLimits
{
    /// <summary>The silo's storage that promises are kept in.</summary>
    public const string Storage = "promises";

    /// <summary>Most characters of an id.</summary>
    public const int LongestId = 200;

    /// <summary>Most characters of a value's JSON.</summary>
    public const int LargestValue = 1 << 20;

    /// <summary>Longest a call waits for the settlement: well below the response timeout of 30 s.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>How long a promise is kept while nobody settles or reads it, if its creator does not say.</summary>
    public static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromHours(24);

    /// <summary>The longest that a creator may say.</summary>
    public static readonly TimeSpan LongestTimeToLive = TimeSpan.FromDays(366);
}

/// <summary>What a promise may be asked. Client and grain ask here, so both refuse with the same sentence.</summary>
public static class PromiseRules
{
    /// <summary>Why a promise cannot have this id, in one sentence; <c>null</c> if it can.</summary>
    public static string? RefuseId(string id)
    {
        if (id.Length is 0 or > PromiseLimits.LongestId)
        {
            return $"a promise's id has 1 to {PromiseLimits.LongestId} characters; this one has {id.Length}";
        }

        if (id.Contains('/', StringComparison.Ordinal))
        {
            return $"'{id}' cannot be a promise's id: a '/' is for the jobs of a run, RUN/INDEX, whose promises are there already";
        }

        return id.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c))
            ? $"'{id}' cannot be a promise's id: it may not have white space in it"
            : null;
    }

    /// <summary>Why a promise cannot begin like this; <c>null</c> if it can.</summary>
    public static string? Refuse(PromiseCreation creation) =>
        creation.TimeToLive <= TimeSpan.Zero || creation.TimeToLive > PromiseLimits.LongestTimeToLive
            ? $"a promise's time to live is {Duration.Format(creation.TimeToLive)}; it must be longer than zero and at most 366 days"
            : null;

    /// <summary>Why a promise cannot become this; <c>null</c> if it can.</summary>
    public static string? Refuse(PromiseSettlement settlement)
    {
        if (settlement.State is not (PromiseState.Done or PromiseState.Failed or PromiseState.Cancelled))
        {
            return $"a promise cannot be settled as {settlement.State.ToText()}; done, failed and cancelled are allowed";
        }

        return settlement.Value is { Length: > PromiseLimits.LargestValue } value
            ? string.Create(CultureInfo.InvariantCulture, $"the value has {value.Length:N0} characters of JSON; at most {PromiseLimits.LargestValue:N0} are allowed")
            : null;
    }

    /// <summary>What to say of a promise that is not there.</summary>
    public static string Unknown(string id) => $"there is no promise '{id}'";

    /// <summary>What to say of a promise that nobody asked for in time.</summary>
    public static string Forgotten(PromiseStatus status) => string.Create(
        CultureInfo.InvariantCulture,
        $"the promise '{status.Id}' was forgotten: nobody settled or read it for its time to live of {Duration.Format(status.TimeToLive ?? TimeSpan.Zero)}");
}
