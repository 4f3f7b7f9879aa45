using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>The one thread that touches a database file. Each round is a transaction; whoever waits is answered after its commit.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int MostAtOnce = 512;

    private readonly BlockingCollection<Request> _requests = [];
    private readonly SqliteConnection _connection;
    private readonly Thread _thread;

    public SqliteWriter(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA locking_mode = EXCLUSIVE;");
        Execute("CREATE TABLE IF NOT EXISTS states (grain TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (grain, name)) WITHOUT ROWID;");
        _thread = new Thread(Loop) { IsBackground = true, Name = "SQLite " + Path.GetFileName(path) };
        _thread.Start();
    }

    public Task<T> Enqueue<T>(Func<SqliteConnection, T> action)
    {
        var request = new Request<T>(action);
        try
        {
            _requests.Add(request);
        }
        catch (InvalidOperationException)
        {
            return Task.FromException<T>(new SiloUnavailableException("The store is closed: its silo is shutting down."));
        }

        return request.Done;
    }

    public void Dispose()
    {
        _requests.CompleteAdding();
        _thread.Join();
        _connection.Dispose();
        _requests.Dispose();
    }

    private void Loop()
    {
        var round = new List<Request>();
        foreach (var first in _requests.GetConsumingEnumerable())
        {
            round.Add(first);
            while (round.Count < MostAtOnce && _requests.TryTake(out var next))
                round.Add(next);
            Run(round);
            round.Clear();
        }
    }

    private void Run(List<Request> round)
    {
        try
        {
            Execute("BEGIN IMMEDIATE");
            round.ForEach(request => request.Run(_connection));
            Execute("COMMIT");
        }
        catch (SqliteException failure)
        {
            // The disk is full, or gone: nothing of this round is known to be kept.
            round.ForEach(request => request.Fail(failure));
            TryRollBack();
            return;
        }

        round.ForEach(request => request.Answer());
    }

    private void TryRollBack()
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself.
        }
    }

    private void Execute(string text)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // the texts above are constants
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private abstract class Request
    {
        public abstract void Run(SqliteConnection connection);

        public abstract void Answer();

        public abstract void Fail(Exception failure);
    }

    private sealed class Request<T>(Func<SqliteConnection, T> action) : Request
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _refusal;

        public Task<T> Done => _done.Task;

        public override void Run(SqliteConnection connection)
        {
            try
            {
                _result = action(connection);
            }
            catch (Exception refusal) when (refusal is not SqliteException)
            {
                // A stale etag concerns this request alone.
                _refusal = refusal;
            }
        }

        public override void Answer()
        {
            if (_refusal is null)
                _done.SetResult(_result!);
            else
                _done.SetException(_refusal);
        }

        public override void Fail(Exception failure) => _done.TrySetException(failure);
    }
}
