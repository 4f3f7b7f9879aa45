using AsyncTour.Silo;
using Microsoft.Extensions.Hosting;

return await SiloProgram.RunAsync(args);
