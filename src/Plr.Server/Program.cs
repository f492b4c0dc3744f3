using Plr.Server.Commands;

return await CommandLine.RunAsync(args, Surroundings.OfThisProcess());
