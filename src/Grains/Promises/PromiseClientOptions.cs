using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AsyncTour.Grains.Promises;

/// <summary>What may be said of one user of promises.</summary>
public sealed record PromiseClientOptions
{
    /// <summary>How this user is shown to others: "settled by …". Default: the machine's name and the process's number.</summary>
    public string Name { get; init; } = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");

    /// <summary>The clock. Default: the machine's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where ids and tickets come from.</summary>
    public Random Random { get; init; } = new();

    /// <summary>
    /// How long to try again while no silo answers: one that restarts is missed for some seconds. Every call to a promise
    /// may be repeated without harm. Default: one minute.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How values become JSON and come back. Default: camel case, and numbers may be read from texts.</summary>
    public JsonSerializerOptions Json { get; init; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };
}
