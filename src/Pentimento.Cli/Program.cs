using Pentimento.Cli;
using Pentimento.Cli.Terminal;

return CommandLine.Run(args, Console.Out, Console.IsErrorRedirected ? new ForgivingWriter(Console.Error) : Console.Error);
