using System.Net;
using System.Net.Sockets;
using System.Text;
using AsyncTour.Tracing.Rendering.Page;

namespace AsyncTour.Browser.Tests;

/// <summary>The smallest web server that can serve the site, on a free port of this machine.</summary>
internal sealed class PageServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly TimelineSite _site;

    public PageServer(TimelineSite site)
    {
        _site = site;
        Address = $"http://127.0.0.1:{FreePort()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext asked;
            try
            {
                asked = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var answer = _site.Answer(Uri.UnescapeDataString(asked.Request.Url!.AbsolutePath), asked.Request.QueryString["from"]);
            asked.Response.StatusCode = answer.Status;
            asked.Response.ContentType = answer.ContentType;
            asked.Response.Close(Encoding.UTF8.GetBytes(answer.Body), willBlock: false);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
