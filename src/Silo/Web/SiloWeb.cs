using System.Net;
using AsyncTour.Tracing.Rendering.Page;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AsyncTour.Silo.Web;

/// <summary>The silo's own small web site: its health, and its runs as they go on.</summary>
internal static class SiloWeb
{
    /// <summary>Listens as the settings say.</summary>
    public static void Configure(WebApplicationBuilder builder, SiloSettings settings, int port) =>
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (settings.HttpOnAnyAddress)
            {
                kestrel.Listen(IPAddress.Any, port);
            }
            else
            {
                kestrel.Listen(IPAddress.Loopback, port);
            }
        });

    /// <summary>Maps everything the site answers: health, and the page that shows <paramref name="runs"/>. The order is the law: nothing is reached past the guard.</summary>
    public static void Map(WebApplication site, LiveRuns runs)
    {
        var settings = site.Services.GetRequiredService<SiloSettings>();
        site.Use(new SameOrigin(settings.HttpHosts).InvokeAsync);
        site.MapHealth();
        site.MapLivePage(runs);
    }
}
