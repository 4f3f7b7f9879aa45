using System.Text;
using AsyncTour.Tracing.Rendering.Page;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AsyncTour.Silo.Web;

/// <summary><c>/</c>: the timeline of this silo's runs as they go on, and under <c>/api/runs</c> what it is drawn from. It only reads.</summary>
internal static class LivePage
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapLivePage(this IEndpointRouteBuilder routes, LiveRuns runs)
    {
        var site = new TimelineSite(runs);
        routes.MapMethods("/{**path}", Reading, context => SendAsync(context, site.Answer(context.Request.Path.Value ?? "/", context.Request.Query["from"])));
    }

    private static Task SendAsync(HttpContext context, PageAnswer answer)
    {
        var body = Encoding.UTF8.GetBytes(answer.Body);
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
