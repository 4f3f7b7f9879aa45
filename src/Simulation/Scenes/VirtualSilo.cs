using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Jobs.Handlers;
using AsyncTour.Grains.Promises;
using AsyncTour.Grains.Runs;
using AsyncTour.Grains.Runs.Journal;
using AsyncTour.Simulation.Plans;
using AsyncTour.Simulation.Watching;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;

namespace AsyncTour.Simulation.Scenes;

/// <summary>A silo as <c>AsyncTour.Silo</c> sets it up, with job kinds that virtual time can run and storage that all silos share.</summary>
internal static class VirtualSilo
{
    public static void Configure(ISiloBuilder silo, Plan plan, JobWatch? watch)
    {
        silo.AddMemoryGrainStorage(RunStorage.Name);
        silo.AddMemoryGrainStorage(PromiseLimits.Storage);
        silo.AddPlacementDirector<EvenPlacement, EvenPlacementDirector>();
        silo.Services.AddSingleton(new RunStorage { IsDurable = plan.HasFaults });
        silo.Configure<SiloMessagingOptions>(options =>
        {
            options.CancelRequestOnTimeout = true;
            options.WaitForCancellationAcknowledgement = true;
        });
        silo.Services.AddJobHandler<FailJob>("fail");
        if (watch is null)
        {
            silo.Services.AddJobHandler<SleepJob>("sleep");
            return;
        }

        silo.Services.AddSingleton(watch);
        silo.Services.AddJobHandler<VirtualSleep>("sleep").AddJobHandler<VirtualSleep>("spin").AddJobHandler<VirtualBlock>("block");
    }
}
