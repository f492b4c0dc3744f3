Console.WriteLine("plr");
