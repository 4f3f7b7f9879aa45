using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AsyncTour.Silo.Web;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: the silo is in its cluster and takes calls; 503 with the
/// reason while it joins, while the cluster's Redis does not answer, and from the moment it is told to stop.
/// </summary>
internal static class HealthEndpoints
{
    public const string LivePath = "/health/live";
    public const string ReadyPath = "/health/ready";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var settings = routes.ServiceProvider.GetRequiredService<SiloSettings>();
        var lifetime = routes.ServiceProvider.GetRequiredService<IHostApplicationLifetime>();
        var readiness = new Readiness(routes.ServiceProvider);
        routes.MapGet(LivePath, () => Results.Json(new { status = "live", silo = settings.Name }));
        routes.MapGet(ReadyPath, async () =>
        {
            var whyNot = lifetime.ApplicationStopping.IsCancellationRequested ? "the silo is stopping" : await readiness.WhyNotAsync();
            return whyNot is null
                ? Results.Json(new { status = "ready", silo = settings.Name, engine = Engine.Name, silos = readiness.Silos })
                : Results.Json(
                    new { status = "not ready", silo = settings.Name, engine = Engine.Name, silos = readiness.Silos, reason = whyNot },
                    statusCode: StatusCodes.Status503ServiceUnavailable);
        });
    }
}
