using AsyncTour.Silo;

return await SiloCommand.Create(SiloProgram.RunAsync).Parse(args).InvokeAsync();
