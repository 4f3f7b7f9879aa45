using System.Net.Sockets;
using System.Text;

namespace AsyncTour.Simulator.Tests;

/// <summary>
/// Requests that nobody honest would send: random bytes, cut-off JSON, wrong types, deep nesting, huge numbers, large bodies, headers
/// and bodies that come in drops, or stop coming. Written to bare sockets, because an HTTP client would not let them out.
/// </summary>
internal sealed class HostileRequests(int seed, int port)
{
    private const string Path = "/grains/AsyncTour.Simulator.Tests.IRemoteGrain/hostile/Shapes";
    private const string Head = $"POST {Path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";
    private readonly Random _random = new(seed);

    /// <summary>How many were answered with success: none should be.</summary>
    public int Accepted { get; private set; }

    /// <summary>How many were answered, by status; those that were hung up on are under 0.</summary>
    public SortedDictionary<int, int> Answers { get; } = [];

    public async Task SendAsync(int count)
    {
        for (var sent = 0; sent < count; sent += 16)
        {
            var batch = Enumerable.Range(0, Math.Min(16, count - sent)).Select(_ => Next()).ToList();
            foreach (var answer in await Task.WhenAll(batch.Select(ExchangeAsync)))
                Count(answer);
        }
    }

    private void Count(string answer)
    {
        var status = answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture) : 0;
        Answers[status] = Answers.GetValueOrDefault(status) + 1;
        if (status is >= 200 and < 300)
            Accepted++;
    }

    private Hostile Next() => _random.Next(11) switch
    {
        0 => Noise(),
        1 => new(Post(Bytes(_random.Next(0, 500)))),
        2 => new(Post(Text("""[{"Name":"x"},3,null]""")[..^_random.Next(1, 20)])),
        3 => new(Post(Text(Wrong()))),
        4 => new(Post(Text(new string(_random.Next(2) == 0 ? '[' : '{', _random.Next(1, 50_000))))),
        5 => new(Post(Text($"[{{\"Name\":\"x\"}},{new string('9', _random.Next(12, 5_000))},null]"))),
        6 => new(Post(Text($"[{{\"Name\":\"{new string('x', _random.Next(100) == 0 ? 10_000_000 : 20_000)}\"}},\"three\",null]"))),
        7 => StalledBody(),
        8 => StalledHeaders(),
        9 => new(Post(Text("""[{"Name":"in drops"},3,"never"]""")), InDrops: true),
        _ => new(Text($"{(char)_random.Next(32, 127)}OST {Path} HTTP/{_random.Next(9)}.1\r\nHost: {Encoding.Latin1.GetString(Bytes(5))}\r\n\r\n")),
    };

    private Hostile Noise()
    {
        var bytes = Bytes(_random.Next(1, 2_000));
        return _random.Next(2) == 0 ? new([.. bytes, .. "\r\n\r\n"u8]) : new(bytes, HangsUp: true);
    }

    private string Wrong() => _random.Next(6) switch
    {
        0 => """["not a shape",1,null]""",
        1 => """[{"Name":{"Name":{}}},1,null]""",
        2 => """[{"$type":"circle","$type":"circle"},1,null]""",
        3 => """[{"$type":"System.Diagnostics.Process"},1,null]""",
        4 => """[null,null,null]""",
        _ => """[{"Name":"x"},1.5,"yesterday"]""",
    };

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Post(byte[] body) => [.. Text($"{Head}Connection: close\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];

    /// <summary>Promises more than it sends. Most then hang up; some hold on until they are cut off.</summary>
    private Hostile StalledBody() => new(Text($"{Head}Content-Length: 1000\r\n\r\n[{new string(' ', _random.Next(900))}"), HangsUp: _random.Next(50) != 0, InDrops: _random.Next(50) == 0);

    /// <summary>Headers that never end. Those that hold on cost the server's own second each, so they are few.</summary>
    private Hostile StalledHeaders() => new(Text(Head)[..^_random.Next(0, 100)], HangsUp: _random.Next(1_000) != 0, InDrops: true);

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private async Task<string> ExchangeAsync(Hostile request)
    {
        try
        {
            using var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync("127.0.0.1", port);
            await TrySendAsync(client.Client, request);
            var answer = new byte[64];
            var read = await client.Client.ReceiveAsync(answer);
            return Encoding.Latin1.GetString(answer, 0, read);
        }
        catch (SocketException)
        {
            // Refused by hanging up.
            return "";
        }
    }

    private static async Task TrySendAsync(Socket socket, Hostile request)
    {
        try
        {
            var drop = request.InDrops ? 1 : request.Bytes.Length;
            for (var sent = 0; sent < request.Bytes.Length; sent += drop)
                await socket.SendAsync(request.Bytes.AsMemory(sent, drop));
            if (request.HangsUp)
                socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The server has heard enough; what it said of it may be there to read.
        }
    }

    /// <param name="HangsUp">Ends its side when all is sent, without waiting for an answer; those that are whole, or hold on, wait.</param>
    /// <param name="InDrops">A byte at a time.</param>
    private sealed record Hostile(byte[] Bytes, bool HangsUp = false, bool InDrops = false);
}
