using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Cli;

/// <summary>One setting of an operation as an option or an argument of the command line.</summary>
internal sealed class OperationOption
{
    private readonly Option<string[]>? option;
    private readonly Option<bool>? flag;
    private readonly Argument<string[]>? argument;

    private OperationOption(Setting setting, Option<string[]>? option, Option<bool>? flag, Argument<string[]>? argument) =>
        (Setting, this.option, this.flag, this.argument) = (setting, option, flag, argument);

    /// <summary>The setting.</summary>
    public Setting Setting { get; }

    // A word that is empty by default, as the mark of a scheduler's job, may be given as such.
    private bool MayBeEmpty { get; init; }

    /// <summary>How messages call it.</summary>
    public string Label => argument is not null ? Setting.Name.ToUpperInvariant() : $"--{Setting.Name}";

    /// <summary>Reads the option off a setting and its doc comment.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="owner">The operation's record.</param>
    /// <param name="defaults">An operation whose settings have their defaults; null where nobody reads its descriptions.</param>
    public static OperationOption Of(Setting setting, Type owner, object? defaults)
    {
        var declaring = setting.OwnerIn(owner);
        var description = defaults is null
            ? ""
            : Documentation.Of(declaring).Setting(declaring, setting.Property) + Members(setting) + DefaultOf(setting, defaults);
        var list = ElementOf(setting.Type) is not null || IsChained(setting);
        if (IsArgument(setting))
        {
            var arity = setting.Required
                ? list ? ArgumentArity.OneOrMore : ArgumentArity.ExactlyOne
                : list ? ArgumentArity.ZeroOrMore : ArgumentArity.ZeroOrOne;
            var argument = new Argument<string[]>(setting.Name.ToUpperInvariant())
            {
                Description = description,
                Arity = arity,
                CustomParser = Tokens,
            };
            argument.Validators.Add(result => RefuseOptions(result.Tokens.Select(token => token.Value), result.AddError));
            return new(setting, null, null, argument) { MayBeEmpty = defaults is not null && setting.Of(defaults) is "" };
        }

        if (setting.Type == typeof(bool)) return new(setting, null, new($"--{setting.Name}") { Description = description }, null);
        var option = new Option<string[]>($"--{setting.Name}")
        {
            Description = description,
            Required = setting.Required,
            HelpName = FormOf(setting),
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = list,
            CustomParser = Tokens,
        };
        option.CompletionSources.Add(_ => Choices(setting.Type).Select(choice => new CompletionItem(choice)));
        option.Validators.Add(result => RefuseOptions(result.Tokens.Select(token => token.Value), result.AddError));
        option.Validators.Add(result => Validate(setting, result.Tokens.Select(token => token.Value), result.AddError));
        if (!list)
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens.Count > 1) result.AddError($"--{setting.Name} takes one value, got {result.Tokens.Count}.");
            });
        }

        return new(setting, option, null, null) { MayBeEmpty = defaults is not null && setting.Of(defaults) is "" };
    }

    /// <summary>Whether a setting is written without its name.</summary>
    public static bool IsArgument(Setting setting) => setting.Attribute<ArgumentAttribute>() is not null;

    /// <summary>Gives a verb the option.</summary>
    public void AddTo(Verb verb)
    {
        if (argument is not null) verb.Add(argument);
        else verb.Add((Option?)option ?? flag!);
    }

    /// <summary>What the user wrote, as a tree for the binder; null where nothing was written.</summary>
    public JsonNode? Read(ParseResult parsed)
    {
        if (flag is not null) return parsed.GetResult(flag) is null ? null : JsonValue.Create(parsed.GetValue(flag) ? "true" : "false");
        var tokens = argument is not null ? parsed.GetValue(argument) : parsed.GetResult(option!) is null ? null : parsed.GetValue(option!);
        if (tokens is null or []) return null;
        if (!MayBeEmpty && tokens.All(string.IsNullOrWhiteSpace)) RefuseEmpty();
        if (IsChained(Setting)) return JsonValue.Create(tokens.Reverse().Aggregate((rest, word) => $"chain:first=({word}),then=({rest})"));
        if (ElementOf(Setting.Type) is not { } element) return JsonValue.Create(tokens[^1]);
        // A SPEC has commas of its own; lists of anything else may be written with commas, but for those within brackets.
        string[] parts = [.. Catalog.Holds(element) ? tokens : tokens.SelectMany(Spec.Split).Where(part => part.Length > 0)];
        Require.That(parts.Length > 0, $"{Label} is empty; leave it out, or give it a value.");
        return new JsonArray([.. parts.Select(part => JsonValue.Create(part))]);
    }

    /// <summary>An empty word is what a shell makes of a variable that is not set: nobody means by it that the option is left out.</summary>
    private void RefuseEmpty()
    {
        // References say themselves what they expect.
        if (Setting.Type == typeof(DataRef) || Setting.Type == typeof(NetworkRef)) return;
        Require.That(Setting.Attribute<OutputAttribute>() is null, $"{Label} needs the name of what to write; got an empty one.");
        Require.That(!Setting.Required, $"{Label} is needed; got an empty word.");
        Require.That(false, $"{Label} is empty; leave it out, or give it a value.");
    }

    /// <summary>Refuses, as wrong usage, values that the setting's type cannot hold.</summary>
    private static void Validate(Setting setting, IEnumerable<string> tokens, Action<string> refuse)
    {
        var type = ElementOf(setting.Type) ?? Nullable.GetUnderlyingType(setting.Type) ?? setting.Type;
        if (type.IsEnum && tokens.FirstOrDefault(word => !Choices(type).Contains(word, StringComparer.OrdinalIgnoreCase)) is { } other)
            refuse($"--{setting.Name} takes {string.Join(" or ", Choices(type))}, got '{other}'.");
        if (!type.IsPrimitive) return;
        try
        {
            foreach (var word in tokens.SelectMany(word => word.Split(',', StringSplitOptions.RemoveEmptyEntries)))
                Binder.CheckRange(Scalar.Read(word, type, $"--{setting.Name}"), setting.Range, $"--{setting.Name}");
        }
        catch (BadInputException refusal)
        {
            refuse(refusal.Message);
        }
    }

    private static bool IsChained(Setting setting) => setting.Attribute<ChainedAttribute>() is not null;

    /// <summary>Where the methods that an option takes are listed.</summary>
    private static string Members(Setting setting)
    {
        var type = ElementOf(setting.Type) ?? setting.Type;
        return Catalog.Holds(type) ? $" See: pentimento list {Catalog.FamilyOf(type).Name}." : "";
    }

    /// <summary>An option that is not known would be taken for one more value.</summary>
    private static void RefuseOptions(IEnumerable<string> tokens, Action<string> refuse)
    {
        foreach (var word in tokens.Where(word => word.StartsWith("--", StringComparison.Ordinal))) refuse(Suggestions.UnknownOption(word));
    }

    /// <summary>The values that a setting can take, where there are few.</summary>
    private static IEnumerable<string> Choices(Type type)
    {
        var one = ElementOf(type) ?? Nullable.GetUnderlyingType(type) ?? type;
        if (one.IsEnum) return Enum.GetNames(one).Select(Names.Kebab);
        return Catalog.Holds(one) ? Catalog.FamilyOf(one).Members.Select(member => member.Name) : [];
    }

    private static string[] Tokens(SymbolResult result) => [.. result.Tokens.Select(token => token.Value)];

    private static Type? ElementOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static string DefaultOf(Setting setting, object defaults)
    {
        if (setting.Required || setting.Type == typeof(bool)) return "";
        var usual = setting.Of(defaults);
        var text = usual is System.Collections.IEnumerable list and not string
            ? string.Join(' ', list.Cast<object>().Select(item => Spec.Value(item)))
            : usual is not null && Catalog.Holds(usual.GetType()) ? SpecOf(usual) : Spec.Value(usual);
        return text.Length == 0 ? "" : $" (default: {text})";
    }

    /// <summary>The name alone where every hyper-parameter is the published one.</summary>
    private static string SpecOf(object member)
    {
        var name = new Member(member.GetType()).Name;
        return Settings.Of(member.GetType()).Build(new Dictionary<Setting, object?>()).Equals(member) ? name : Catalog.Write(member);
    }

    private static string FormOf(Setting setting)
    {
        var form = setting.Attribute<FormAttribute>()?.Form
            ?? setting.Attribute<InputAttribute>()?.Form
            ?? setting.Attribute<OutputAttribute>()?.Form;
        var type = ElementOf(setting.Type) ?? Nullable.GetUnderlyingType(setting.Type) ?? setting.Type;
        return form ?? type switch
        {
            _ when type == typeof(DataRef) => "DATA",
            _ when type == typeof(NetworkRef) => "MODEL",
            _ when Catalog.Holds(type) => "SPEC",
            _ when type.IsEnum => string.Join('|', Enum.GetNames(type).Select(Names.Kebab)),
            _ when type == typeof(int) || type == typeof(ulong) => "N",
            _ when type == typeof(double) => "X",
            _ => "TEXT",
        };
    }
}
