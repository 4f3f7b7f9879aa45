using AsyncTour.Simulator.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Storage;

namespace AsyncTour.Simulator;

/// <summary>States kept in a folder.</summary>
public static class SqliteGrainStorageExtensions
{
    /// <summary>
    /// Keeps states in <c>{name}.db</c> of a folder, made if it is missing. A write is acknowledged when it is on the disk: it survives
    /// the end of the process at any moment. One process at a time.
    /// </summary>
    /// <exception cref="ArgumentException">The name cannot be a file's.</exception>
    public static ISiloBuilder AddSqliteGrainStorage(this ISiloBuilder builder, string name, string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (string.IsNullOrWhiteSpace(name) || name.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
            throw new ArgumentException($"'{name}' cannot name a store in a folder: it becomes a file's name.", nameof(name));
        builder.Services.AddKeyedSingleton<IGrainStorage>(name, (_, _) => new SqliteStorage(Path.Combine(folder, name + ".db")));
        return builder;
    }
}
