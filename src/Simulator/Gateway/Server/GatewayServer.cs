using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>The silo's door for other processes: JSON over HTTP, on 127.0.0.1 unless told otherwise.</summary>
internal sealed class GatewayServer(Silo silo, IOptions<EndpointOptions> endpoint, IOptions<GatewaySettings> settings) : IHostedService, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new(StringComparer.Ordinal);
    private readonly GatewayGuard _guard = new(settings.Value);
    private GatewayCallReader? _reader;
    private WebApplication? _web;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var options = endpoint.Value;
        var address = options.GatewayListeningEndpoint ?? new IPEndPoint(IPAddress.Loopback, options.GatewayPort);
        if (address.Port == 0)
            return;
        _guard.CheckAddress(address);
        _reader = new GatewayCallReader(silo);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(address);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.Value.MaxRequestBytes;
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

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_web is not null)
            await _web.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_web is not null)
            await _web.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext http)
    {
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
        catch (BadHttpRequestException bad)
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

    private Task AnswerAsync(HttpContext http, GrainMethod method, object? result)
    {
        if (method.ResultType == typeof(Nothing))
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        http.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(http.Response.Body, result, method.ResultType, _reader!.Json, http.RequestAborted);
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
