Console.Error.WriteLine("This benchmark is about clusters on Microsoft Orleans: dotnet run --project bench/Orleans -c Release -p:Engine=Orleans -- kills");
return 2;
