using Plr.Server;

await PlrHost.Build(args, SettingsReader.FromEnvironment(args)).RunAsync();
