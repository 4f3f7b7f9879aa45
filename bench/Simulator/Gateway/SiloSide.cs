using System.Buffers;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;

namespace AsyncTour.Simulator.Bench.Gateway;

/// <summary>The other process: a silo with its gateway, and beside it the barest Kestrel there is, which sends back what it was sent.</summary>
internal static class SiloSide
{
    /// <summary>What it prints when it can be called.</summary>
    public const string Ready = "ready";

    /// <summary>Runs until the process that started it closes its input, so that it never outlives it.</summary>
    public static async Task RunAsync(int gatewayPort, int echoPort)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo.UseLocalhostClustering(gatewayPort: gatewayPort).AddActivityPropagation());
        using var host = builder.Build();
        await host.StartAsync();
        await using var echo = Echo(echoPort);
        await echo.StartAsync();
        Console.WriteLine(Ready);
        await Console.In.ReadToEndAsync();
        await host.StopAsync();
    }

    private static WebApplication Echo(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
        });
        var web = builder.Build();
        web.Run(static http => HttpMethods.IsGet(http.Request.Method) ? AllocatedAsync(http) : EchoAsync(http));
        return web;
    }

    private static async Task EchoAsync(HttpContext http)
    {
        var length = (int)http.Request.ContentLength!;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        await http.Request.Body.ReadExactlyAsync(buffer.AsMemory(0, length));
        http.Response.ContentLength = length;
        await http.Response.Body.WriteAsync(buffer.AsMemory(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>How many bytes this process has allocated since it began: noise-free, so it is asked before and after.</summary>
    private static Task AllocatedAsync(HttpContext http) =>
        http.Response.WriteAsync(GC.GetTotalAllocatedBytes().ToString(CultureInfo.InvariantCulture));
}
