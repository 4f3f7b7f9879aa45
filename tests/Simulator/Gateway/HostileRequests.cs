using System.Net.Sockets;
using System.Text;

namespace AsyncTour.Simulator.Tests;

/// <summary>
/// Requests that nobody honest would send: random bytes, cut-off JSON, wrong types, deep nesting, huge numbers, large bodies, bodies
/// that stop coming. Written to bare sockets, because an HTTP client would not let them out.
/// </summary>
internal sealed class HostileRequests(int seed, int port)
{
    private const string Path = "/grains/AsyncTour.Simulator.Tests.IRemoteGrain/hostile/Shapes";
    private readonly Random _random = new(seed);

    /// <summary>How many were answered with success: none should be.</summary>
    public int Accepted { get; private set; }

    public async Task SendAsync(int count)
    {
        for (var sent = 0; sent < count; sent += 16)
        {
            var batch = Enumerable.Range(0, Math.Min(16, count - sent)).Select(_ => Next()).ToList();
            foreach (var answer in await Task.WhenAll(batch.Select(ExchangeAsync)))
            {
                if (answer.StartsWith("HTTP/1.1 2", StringComparison.Ordinal))
                    Accepted++;
            }
        }
    }

    private byte[] Next() => _random.Next(9) switch
    {
        0 => Bytes(_random.Next(1, 2_000)),
        1 => Post(Bytes(_random.Next(0, 500))),
        2 => Post(Text("""[{"Name":"x"},3,null]""")[..^_random.Next(1, 20)]),
        3 => Post(Text(Wrong())),
        4 => Post(Text(new string(_random.Next(2) == 0 ? '[' : '{', _random.Next(1, 50_000)))),
        5 => Post(Text($"[{{\"Name\":\"x\"}},{new string('9', _random.Next(12, 5_000))},null]")),
        6 => Post(Text($"[{{\"Name\":\"{new string('x', _random.Next(100) == 0 ? 10_000_000 : 20_000)}\"}},\"three\",null]")),
        7 => Slow(),
        _ => Text($"{(char)_random.Next(32, 127)}OST {Path} HTTP/{_random.Next(9)}.1\r\nHost: {Encoding.Latin1.GetString(Bytes(5))}\r\n\r\n"),
    };

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

    private static byte[] Post(byte[] body) =>
        [.. Text($"POST {Path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];

    /// <summary>Promises more than it sends, and hangs up.</summary>
    private static byte[] Slow() =>
        Text($"POST {Path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n[");

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private async Task<string> ExchangeAsync(byte[] request)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
            await client.Client.SendAsync(request);
            client.Client.Shutdown(SocketShutdown.Send);
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
}
