using System.Globalization;

namespace Pentimento.Cli;

/// <summary>The options that every verb understands.</summary>
internal static class CommonOptions
{
    public static Option<ulong?> Seed { get; } =
        new("--seed")
        {
            HelpName = "N",
            Description = "Decides every random number (default: the recipe's, else 0).",
            Recursive = true,
        };

    public static Option<int> Threads { get; } =
        new Option<int>("--threads")
        {
            HelpName = "N",
            Description = "Cores to use, 0 for all.",
            DefaultValueFactory = _ => 0,
            Recursive = true,
        }.NotNegative();

    public static Option<string?> Memory { get; } =
        new("--memory")
        {
            HelpName = "8G",
            Description = "How much memory batches may take (default: a quarter of the machine's).",
            Recursive = true,
        };

    public static Option<DeviceChoice> Device { get; } =
        new Option<DeviceChoice>("--device")
        {
            Description = "Where tensors live; auto takes a GPU where there is one.",
            HelpName = "cpu|cuda|auto",
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

    /// <summary>Refuses numbers below zero as wrong usage.</summary>
    private static Option<int> NotNegative(this Option<int> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && number < 0)
                result.AddError($"{option.Name} takes a number of 0 or more, got {number}.");
        });
        return option;
    }

    /// <summary>Refuses values other than an enum's as wrong usage, and says which there are.</summary>
    private static Option<T> OneOf<T>(this Option<T> option) where T : struct, Enum
    {
        option.CustomParser = result =>
        {
            var names = Enum.GetNames<T>().Select(name => name.ToLowerInvariant()).ToList();
            if (result.Tokens is [var token] && names.IndexOf(token.Value.ToLowerInvariant()) is >= 0 and var at) return Enum.GetValues<T>()[at];
            result.AddError($"{option.Name} takes {string.Join(" or ", names)}, got '{string.Join(' ', result.Tokens.Select(word => word.Value))}'.");
            return default;
        };
        option.CompletionSources.Clear();
        option.CompletionSources.Add([.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())]);
        return option;
    }
}

/// <summary>Where tensors are to live.</summary>
internal enum DeviceChoice
{
    /// <summary>On the CPU.</summary>
    Cpu,

    /// <summary>On the first NVIDIA GPU that the process may see: CUDA_VISIBLE_DEVICES and schedulers decide which.</summary>
    Cuda,

    /// <summary>On that GPU where there is one, else on the CPU.</summary>
    Auto,
}
