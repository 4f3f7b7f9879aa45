using AsyncTour.Client;
using AsyncTour.Client.Terminals;

using var terminal = SystemTerminal.Open();
return await TourConsole.RunAsync(args, terminal.Terminal);
