using System.Net.Sockets;
using System.Text;

namespace AsyncTour.Simulator.Tests;

/// <summary>
/// Callers that hold on to what they were given. Nobody waits for them, and they are let go. It takes up to two real seconds: the
/// server looks at its clock for headers once a second.
/// </summary>
[Collection(nameof(Alone))]
public sealed class SlowRequestTests
{
    private const int OfEach = 100;
    private const string Head = "POST /grains/AsyncTour.Simulator.Tests.IRemoteGrain/slow/Echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";

    [Fact]
    public async Task Slow_callers_starve_nobody_and_are_cut_off()
    {
        await using var gateway = await WatchedGateway.StartAsync(TimeSpan.FromMilliseconds(500));
        var before = await gateway.CallUntilQuietAsync();
        var stalled = await OpenAsync(gateway.Port, $"{Head}Content-Length: 1000\r\n\r\n[\"");
        var chunked = await OpenAsync(gateway.Port, $"{Head}Transfer-Encoding: chunked\r\n\r\n");
        var dripping = await OpenAsync(gateway.Port, $"{Head}Content-Length: 1000\r\n\r\n[\"");
        var endless = await OpenAsync(gateway.Port, $"{Head}X-Never-Ends: ");

        for (var round = 0; round < 20; round++)
        {
            await gateway.CallAsync();
            foreach (var drop in dripping.Concat(endless))
                await DripAsync(drop);
        }

        foreach (var body in stalled.Concat(chunked).Concat(dripping))
            (await ReadToEndAsync(body)).ShouldStartWith("HTTP/1.1 408");
        foreach (var headers in endless)
            (await ReadToEndAsync(headers)).ShouldBeOneOf("HTTP/1.1 408", "");
        (await gateway.CallUntilQuietAsync()).ShouldBe(before);
    }

    private static async Task<List<Socket>> OpenAsync(int port, string text)
    {
        var sockets = new List<Socket>();
        for (var i = 0; i < OfEach; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync("127.0.0.1", port);
            await socket.SendAsync(Encoding.ASCII.GetBytes(text));
            sockets.Add(socket);
        }

        return sockets;
    }

    private static async Task DripAsync(Socket socket)
    {
        try
        {
            await socket.SendAsync("x"u8.ToArray());
        }
        catch (SocketException)
        {
            // Cut off already, as it should be.
        }
    }

    /// <summary>Waits for the answer, or for the connection to be closed, and hangs up.</summary>
    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        using (socket)
        {
            var answer = new byte["HTTP/1.1 408".Length];
            try
            {
                var read = await socket.ReceiveAsync(answer);
                return Encoding.ASCII.GetString(answer, 0, read);
            }
            catch (SocketException)
            {
                return "";
            }
        }
    }
}
