using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace AsyncTour.Simulator.Runtime;

/// <summary>
/// Keeps states as JSON in one SQLite file. All work goes through one thread, which puts whatever is waiting into one transaction: a
/// hundred writes that come together cost one trip to the disk.
/// </summary>
internal sealed class SqliteStorage : IGrainStorage, IDisposable
{
    private readonly SqliteWriter _writer;
    private long _lastVersion = -1;

    public SqliteStorage(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _writer = new SqliteWriter(path);
    }

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (body, version) = await _writer.Enqueue(connection => Find(connection, stateName, grainId));
        if (body is null)
        {
            Reset(grainState);
            return;
        }

        grainState.State = JsonSerializer.Deserialize<T>(body, WireFormat.Options)!;
        grainState.ETag = Etag(version);
        grainState.RecordExists = true;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(grainState.State, WireFormat.Options);
        var before = grainState.ETag;
        var version = await _writer.Enqueue(connection => Write(connection, stateName, grainId, body, before));
        grainState.ETag = Etag(version);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var before = grainState.ETag;
        await _writer.Enqueue(connection => Delete(connection, stateName, grainId, before));
        Reset(grainState);
    }

    public void Dispose() => _writer.Dispose();

    private static void Reset<T>(IGrainState<T> grainState)
    {
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private static string Etag(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static (byte[]? Body, long Version) Find(SqliteConnection connection, string name, GrainId grain)
    {
        using var command = Command(connection, "SELECT body, version FROM states WHERE grain = $grain AND name = $name", name, grain);
        using var reader = command.ExecuteReader();
        return reader.Read() ? ((byte[])reader[0], reader.GetInt64(1)) : (null, 0);
    }

    private long Write(SqliteConnection connection, string name, GrainId grain, byte[] body, string? etag)
    {
        Check(connection, name, grain, etag);
        var version = NextVersion(connection);
        using var command = Command(connection, "INSERT OR REPLACE INTO states (grain, name, version, body) VALUES ($grain, $name, $version, $body)", name, grain);
        command.Parameters.AddWithValue("$version", version);
        command.Parameters.AddWithValue("$body", body);
        command.ExecuteNonQuery();
        return version;
    }

    /// <summary>One counter for all records, so that a cleared and rewritten one never has an old etag again.</summary>
    private long NextVersion(SqliteConnection connection)
    {
        if (_lastVersion < 0)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT COALESCE(MAX(version), 0) FROM states";
            _lastVersion = (long)command.ExecuteScalar()!;
        }

        return ++_lastVersion;
    }

    private static bool Delete(SqliteConnection connection, string name, GrainId grain, string? etag)
    {
        Check(connection, name, grain, etag);
        using var command = Command(connection, "DELETE FROM states WHERE grain = $grain AND name = $name", name, grain);
        return command.ExecuteNonQuery() > 0;
    }

    /// <summary>What is stored must be what the writer last saw.</summary>
    private static void Check(SqliteConnection connection, string name, GrainId grain, string? etag)
    {
        var (body, version) = Find(connection, name, grain);
        var stored = body is null ? null : Etag(version);
        if (stored != etag)
            throw new InconsistentStateException($"State {name} of {grain} was written by another since it was read.", stored, etag);
    }

    private static SqliteCommand Command(SqliteConnection connection, string text, string name, GrainId grain)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // the texts above are constants
        command.CommandText = text;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$grain", grain.ToString());
        command.Parameters.AddWithValue("$name", name);
        return command;
    }
}
