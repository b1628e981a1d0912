using Pentimento.Cli;
using Pentimento.Cli.Terminal;

return CommandLine.Run(args, new AnswerWriter(Console.Out), Console.IsErrorRedirected ? new ForgivingWriter(Console.Error) : Console.Error);
