using System.CommandLine;
using AsyncTour.Silo;
using AsyncTour.Silo.Commands;
using AsyncTour.Silo.Web;

// The host hears SIGTERM itself and takes its time; the parser's own two seconds would cut a graceful stop short.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null };
return await SiloCommand.RunAsync(SiloCommand.Create(SiloProgram.RunAsync, HealthQuestion.AskAsync).Parse(args), configuration);
