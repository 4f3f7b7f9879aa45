using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AsyncTour.Silo.Web;

/// <summary>The silo's own small web site: health, and the pages that are mapped beside it.</summary>
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

    /// <summary>Maps everything the site answers. The order is the law: nothing is reached past the guard.</summary>
    public static void Map(WebApplication site)
    {
        var settings = site.Services.GetRequiredService<SiloSettings>();
        site.Use(new SameOrigin(settings.HttpHosts).InvokeAsync);
        site.MapHealth();
    }
}
