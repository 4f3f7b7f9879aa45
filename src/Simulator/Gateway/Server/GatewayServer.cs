using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>
/// The silo's door for other processes: JSON over HTTP, on 127.0.0.1 unless told otherwise. It opens when the silo has started, takes no
/// more calls once the host begins to stop, and closes when the silo has stopped, so that calls in flight can still be answered.
/// </summary>
internal sealed class GatewayServer(Silo silo, IOptions<EndpointOptions> endpoint, IOptions<GatewaySettings> settings) : IHostedLifecycleService, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new(StringComparer.Ordinal);
    private readonly GatewayGuard _guard = new(settings.Value);
    private readonly GatewayTraffic _traffic = new();
    private GatewayCallReader? _reader;
    private WebApplication? _web;
    private volatile bool _isStopping;

    public GatewayStatistics Statistics => _traffic.Statistics;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var options = endpoint.Value;
        var address = options.GatewayListeningEndpoint ?? new IPEndPoint(IPAddress.Loopback, options.GatewayPort);
        if (address.Port == 0)
            return;
        _guard.CheckAddress(address);
        _reader = new GatewayCallReader(silo, settings.Value, WireFormat.Create(silo));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(address, listen => listen.Use(_traffic.Count));
            kestrel.AddServerHeader = false;
            Limit(kestrel.Limits);
        });
        _web = builder.Build();
        _web.Run(HandleAsync);
        try
        {
            await _web.StartAsync(cancellationToken);
        }
        catch (IOException taken)
        {
            throw new OrleansConfigurationException($"The gateway cannot listen on {address}: {taken.Message} Stop the other silo, or choose another port.", taken);
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_web is not null)
            await _web.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_web is not null)
            await _web.DisposeAsync();
    }

    /// <summary>Every bound on what a caller can hold open, said here though some are the server's defaults: the documentation names them.</summary>
    private void Limit(KestrelServerLimits limits)
    {
        limits.MaxRequestBodySize = settings.Value.MaxRequestBytes;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeadersTotalSize = 32 * 1024;
        limits.MaxRequestHeaderCount = 100;
        limits.RequestHeadersTimeout = settings.Value.RequestTimeout;
        limits.KeepAliveTimeout = settings.Value.IdleTimeout;
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 16 * 1024, gracePeriod: TimeSpan.FromSeconds(30));

        // A body has its whole time bounded instead, by the gateway: a rate lets a patient caller hold on for as long as it pays.
        limits.MinRequestBodyDataRate = null;
    }

    private async Task HandleAsync(HttpContext http)
    {
        _traffic.Enter();
        try
        {
            _guard.Check(http);
            switch (http.Request.Method)
            {
                case "GET" when http.Request.Path == "/gateway":
                    await http.Response.WriteAsJsonAsync(new GatewayDescription(GatewayProtocol.Version, silo.Name, silo.ClusterId, silo.ServiceId, silo.Cluster.Silos.Count));
                    break;
                case "DELETE" when http.Request.Path.StartsWithSegments("/calls", StringComparison.Ordinal, out var id):
                    Stop(id.Value!.Trim('/'));
                    http.Response.StatusCode = StatusCodes.Status204NoContent;
                    break;
                case "POST" when _isStopping:
                    throw ProblemException.Stopping(silo.Name);
                case "POST":
                    await CallAsync(http);
                    break;
                default:
                    throw ProblemException.Unknown("There is GET /gateway, POST /grains/{interface}/{key}/{method} and DELETE /calls/{id}.");
            }
        }
        catch (ProblemException refused)
        {
            await Problem.Write(http, refused.Status, refused.Title, refused.Message);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException bad)
        {
            await Problem.Write(http, bad.StatusCode, bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "Too large" : "Malformed request", bad.Message);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; there is nobody to tell.
            http.Abort();
        }
        catch (Exception bug)
        {
            silo.Log.LogError(bug, "The gateway failed at {Method} {Path}.", http.Request.Method, http.Request.Path);
            await Problem.Write(http, StatusCodes.Status500InternalServerError, "Internal error", bug.Message);
        }
        finally
        {
            _traffic.Leave();
        }
    }

    private async Task CallAsync(HttpContext http)
    {
        var call = await _reader!.ReadAsync(http.Request);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var id = http.Request.Headers[GatewayProtocol.CallHeader].ToString();
        if (id.Length > 0 && !_running.TryAdd(id, stop))
            throw ProblemException.Malformed($"Call {id} is running already.");
        try
        {
            var result = await call.RunAsync(stop.Token);
            await AnswerAsync(http, call.Method, result);
        }
        catch (Exception failure) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested && failure is not ProblemException)
        {
            await Problem.Write(http, StatusCodes.Status500InternalServerError, "The grain threw", failure.Message, GatewayProtocol.ExceptionProblem, RemoteException.Write(failure));
        }
        finally
        {
            if (id.Length > 0)
                _running.TryRemove(id, out _);
        }
    }

    private static async Task AnswerAsync(HttpContext http, GatewayMethod method, object? result)
    {
        if (method.Method.ResultType == typeof(Nothing))
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        http.Response.ContentType = "application/json";
        await using var answer = new GatewayAnswer(http.Response);
        await JsonSerializer.SerializeAsync(answer, result, method.Result, http.RequestAborted);
        await answer.EndAsync();
    }

    private void Stop(string id)
    {
        if (!_running.TryGetValue(id, out var stop))
            return;
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }
}

/// <summary>What a gateway says of itself.</summary>
internal sealed record GatewayDescription(string Protocol, string Silo, string ClusterId, string ServiceId, int Silos);
