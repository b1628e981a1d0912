using System.CommandLine.Help;
using System.Runtime.InteropServices;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Cli;

/// <summary>The <c>pentimento</c> command: its verbs, its exit codes, its way of saying what went wrong.</summary>
internal static class CommandLine
{
    private const int Failed = 1;
    private const int WrongUsage = 2;
    private const int Interrupted = 130;

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        using var cancel = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, cancel, error));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, cancel, error));

        var isCompletion = Completion.IsAsked(arguments);
        var root = Verbs(new(output, error, cancel.Token) { Arguments = arguments }, isCompletion ? Completion.Typed(arguments) : arguments);
        if (isCompletion)
        {
            Completion.Write(root, arguments, output);
            return 0;
        }

        // What begins with an at sign is an attribute that is measured, @brightness, and no file of arguments.
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            error.WriteLine($"pentimento: {FailureSentence.Quoted(Suggestions.Of(parsed))} See: {Path(parsed.CommandResult.Command, root)} --help");
            return WrongUsage;
        }

        if (parsed.CommandResult.Command is Verb verb) verb.Elaborate();
        return Guarded(parsed, new() { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    private static int Guarded(ParseResult parsed, InvocationConfiguration configuration)
    {
        var debug = parsed.GetValue(CommonOptions.Debug);
        try
        {
            return parsed.Invoke(configuration);
        }
        catch (OperationCanceledException)
        {
            configuration.Error.WriteLine("pentimento: interrupted.");
            return Interrupted;
        }
        catch (WrongUsageException usage)
        {
            var sentence = FailureSentence.Quoted(usage.Message);
            configuration.Error.WriteLine($"pentimento: {sentence} See: pentimento {parsed.CommandResult.Command.Name} --help");
            return WrongUsage;
        }
        // The one place where every failure ends: as a sentence, and as a stack trace for those who asked for it.
        catch (Exception failure) when (!debug)
        {
            configuration.Error.WriteLine($"pentimento: {FailureSentence.Of(failure, "; --debug shows where")}");
            return Failed;
        }
    }

    /// <summary>All verbs; those among the words with all that they take.</summary>
    private static Command Verbs(Host host, IReadOnlyCollection<string> words)
    {
        var root = new Command("pentimento",
            """
            Shows what an image classifier really looked at under the accuracy it reports, and repairs it.

            Start here:
              pentimento run                                    train, audit and repair in a few minutes, with a page
              pentimento train --data rg_95z --objective gce    a network with a shortcut
              pentimento evaluate model.safetensors --data rg_95z gr_95z
            """) { new HelpOption { Recursive = true }, new VersionOption() };
        foreach (var option in CommonOptions.All) root.Add(option);
        foreach (var operation in Catalog.FamilyOf(typeof(Operation)).Members)
            root.Add(OperationVerb.Create(host, operation, words.Contains(operation.Name)));
        root.SetAction(result => new HelpAction().Invoke(result));
        return root;
    }

    private static string Path(Command command, Command root) => command == root ? "pentimento" : $"pentimento {command.Name}";

    private static void Stop(PosixSignalContext signal, CancellationTokenSource cancel, TextWriter error)
    {
        // A second Ctrl-C ends at once.
        if (cancel.IsCancellationRequested) return;
        signal.Cancel = true;
        error.WriteLine();
        error.WriteLine("pentimento: stopping; once more to stop at once.");
        cancel.Cancel();
    }
}
