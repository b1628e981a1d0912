using Pentimento.Cli.Operations;
using Pentimento.Cli.Views;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;
using Pentimento.Reports.Drawings;

namespace Pentimento.Cli;

/// <summary>An operation as a verb: its options, help and defaults are read off its record.</summary>
internal static class OperationVerb
{
    /// <summary>The verb of an operation.</summary>
    public static Verb Create(Host host, Member member)
    {
        var documentation = Documentation.Of(member.Type);
        var defaults = Settings.Of(member.Type).Build(new Dictionary<Setting, object?>());
        var options = Settings.Of(member.Type).All.Select(setting => OperationOption.Of(setting, member.Type, defaults)).ToList();
        var verb = new Verb(member.Name, member.Summary, Details(documentation, member.Type));
        foreach (var option in options) option.AddTo(verb);
        verb.SetAction(parsed =>
        {
            var session = new VerbSession(host, parsed);
            var asked = Bind(member, options, parsed);
            var operation = (session.Seed is { } seed ? asked.WithSeed(seed) : asked).Prepared();
            operation.Check();
            Outputs.Check(operation);
            Overwriting.Refuse(operation);
            return session.Answer(
                operation,
                run =>
                {
                    var result = Drawing.Follow(operation).Execute(run);
                    Drawing.Draw(operation, result);
                    if (operation.Caution(result) is { } caution) host.Error.WriteLine($"pentimento: take care: {Printable.Of(caution)}");
                    return result;
                },
                (result, output) => View.Of(result).Print(operation, result, output));
        });
        return verb;
    }

    private static Operation Bind(Member member, IReadOnlyList<OperationOption> options, ParseResult parsed)
    {
        var given = new Dictionary<Setting, object?>();
        foreach (var option in options)
        {
            if (option.Read(parsed) is { } node) given[option.Setting] = Binder.Bind(node, option.Setting.Type, option.Label);
        }

        return (Operation)Settings.Of(member.Type).Build(given);
    }

    private static string Details(Documentation documentation, Type type)
    {
        var example = string.Join('\n', documentation.Example(type).Split('\n').Select(line => $"  {line}"));
        var remarks = documentation.Remarks(type);
        return $"{remarks}{(remarks.Length > 0 ? "\n\n" : "")}Examples:\n{example}";
    }
}
