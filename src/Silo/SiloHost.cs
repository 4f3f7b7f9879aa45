using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs.Directory;
using AsyncTour.Grains.Runs.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;

namespace AsyncTour.Silo;

/// <summary>Puts a silo into a host: the engine, the grains, the job kinds.</summary>
public static class SiloHost
{
    /// <summary>Adds the silo. Job handlers of your own go into the same services, with <c>AddJobHandler</c>.</summary>
    public static IHostApplicationBuilder AddAsyncTourSilo(this IHostApplicationBuilder builder, SiloSettings settings)
    {
        builder.Services.AddSingleton(settings);
        builder.Services.AddBuiltInJobHandlers();
        builder.Services.AddSingleton(new RunStorage { IsDurable = settings.IsDurable });
        builder.Services.AddHostedService<RunKeeper>();
        builder.UseOrleans(silo =>
        {
            Clustering.Configure(silo, settings);
            Storage.Configure(silo, settings);
            silo.AddActivityPropagation();
            silo.Configure<SiloOptions>(options => options.SiloName = settings.Name);

            // An honest slot needs both: a call that timed out is told so, and a cancelled one is waited for.
            silo.Configure<SiloMessagingOptions>(options =>
            {
                options.CancelRequestOnTimeout = true;
                options.WaitForCancellationAcknowledgement = true;
            });
        });
        return builder;
    }
}
