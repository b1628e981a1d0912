using System.CommandLine.Parsing;
using Pentimento.Attribution;
using Pentimento.Networks;

namespace Pentimento.Cli;

/// <summary>The options that every verb understands.</summary>
internal static class Common
{
    public static Option<ulong?> Seed { get; } =
        new("--seed")
        {
            HelpName = "N",
            Description = "Decides every random number (default: the recipe's, else 0).",
            Recursive = true,
        };

    public static Option<int> Threads { get; } =
        new("--threads")
        {
            HelpName = "N",
            Description = "Cores to use, 0 for all.",
            DefaultValueFactory = _ => 0,
            Recursive = true,
        };

    public static Option<string?> Memory { get; } =
        new("--memory")
        {
            HelpName = "8G",
            Description = "How much memory batches may take (default: a quarter of the machine's).",
            Recursive = true,
        };

    public static Option<Device> Device { get; } =
        new Option<Device>("--device")
        {
            Description = "Where tensors live.",
            HelpName = "cpu|cuda",
            Recursive = true,
        }.OneOf();

    public static Option<string?> Cache { get; } =
        new("--cache")
        {
            Description = "Where named datasets are kept (default: pentimento in the user's cache folder).",
            Recursive = true,
            HelpName = "FOLDER",
        };

    public static Option<bool> Json { get; } =
        new("--json") { Description = "Print one JSON object on standard output and nothing else there.", Recursive = true };

    public static Option<bool> Debug { get; } = new("--debug") { Description = "Show a stack trace if something fails.", Recursive = true };

    public static IReadOnlyList<Option> All { get; } = [Seed, Threads, Memory, Device, Cache, Json, Debug];

    /// <summary>How many images to take of each set; an option object belongs to one verb.</summary>
    public static Option<int> Limit() =>
        new Option<int>("--limit") { Description = "Take N images of each set, drawn so that every class keeps its share; 0 for all.", HelpName = "N" }.AtLeast(0);

    /// <summary>The sets to work on.</summary>
    public static Option<string[]> Data(string description, string name = "--data", bool required = true) => new(name)
    {
        Description = description,
        Required = required,
        AllowMultipleArgumentsPerToken = true,
        HelpName = "DATA",
        CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries))],
    };

    /// <summary>The network to work on.</summary>
    public static Argument<string> Model() =>
        new("MODEL") { Description = "A .safetensors written by pentimento, or weights (.safetensors, .pth, .npz) with --network." };

    /// <summary>The networks to compare.</summary>
    public static Argument<string[]> Models() => new("MODEL")
    {
        Description = "One or several, each a .safetensors written by pentimento, or weights (.safetensors, .pth, .npz) with --network.",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>The architecture of bare weights.</summary>
    public static Option<string?> Network(string description = "The architecture of weights that do not name their own, e.g. cnn3.") =>
        new("--network") { Description = description, HelpName = "SPEC" };

    /// <summary>How to explain answers.</summary>
    public static Option<string> Method(string usual) => new("--method")
    {
        Description = $"One of: pentimento list attributions (default: {usual}, or gradient-x-input where the network has no maps).",
        DefaultValueFactory = _ => usual,
        HelpName = "SPEC",
    };

    /// <summary>How to explain answers, in several ways.</summary>
    public static Option<string[]> Methods(params string[] usual) =>
        new("--method")
        {
            Description =
                $"One or several of: pentimento list attributions (default: {string.Join(' ', usual)}; where the network has no maps, gradient-x-input stands for those that need them).",
            DefaultValueFactory = _ => usual,
            AllowMultipleArgumentsPerToken = true,
            HelpName = "SPEC",
        };

    /// <summary>The methods that were asked for; where nobody asked, the usual ones as they fit the network.</summary>
    public static IReadOnlyList<AttributionMethod> For(Classifier network, IReadOnlyList<AttributionMethod> methods, OptionResult? asked) =>
        asked is { Implicit: false } ? methods : [.. methods.Select(method => method.FittedTo(network)).Distinct()];

    /// <summary>Where to look.</summary>
    public static Option<string?> Layer() =>
        new("--layer") { Description = "The cut to look at (default: the last with maps after ReLU).", HelpName = "L" };

    /// <summary>The one set that a verb takes.</summary>
    public static string OnlySet(string[] names, string verb)
    {
        Require.That(names.Length == 1, $"{verb} takes one set, got {names.Length}.");
        return names[0];
    }

    /// <summary>Refuses words other than an enum's as wrong usage, and says which there are.</summary>
    public static Option<T> OneOf<T>(this Option<T> option) where T : struct, Enum
    {
        option.CustomParser = result =>
        {
            var names = Enum.GetNames<T>().Select(name => name.ToLowerInvariant()).ToList();
            if (result.Tokens is [var token] && names.IndexOf(token.Value.ToLowerInvariant()) is >= 0 and var at) return Enum.GetValues<T>()[at];
            result.AddError($"{option.Name} takes {string.Join(" or ", names)}, got '{string.Join(' ', result.Tokens.Select(word => word.Value))}'.");
            return default;
        };
        return option;
    }

    /// <summary>Refuses numbers below a bound as wrong usage.</summary>
    public static Option<int> AtLeast(this Option<int> option, int least)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && value < least)
                result.AddError($"{option.Name} must be at least {least}, got {value}.");
        });
        return option;
    }
}
