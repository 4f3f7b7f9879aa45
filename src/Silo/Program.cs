System.Console.WriteLine("AsyncTour");
