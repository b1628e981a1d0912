using Pentimento.Foundation.Configuration;

namespace Pentimento.Operations;

/// <summary>Lists the methods, operations and recipes that can be chosen, with their options, defaults and sources.</summary>
/// <example>
/// pentimento list
/// pentimento list attacks
/// pentimento list recipes
/// pentimento list objectives --json
/// pentimento list operations
/// pentimento list --format md > docs/methods.md
/// pentimento list --format json-doc > docs/json.md
/// </example>
internal sealed record List : Operation<ListResult>
{
    /// <summary>What the recipes are called among the families.</summary>
    internal const string Recipes = "recipes";

    /// <summary>One family with its details, e.g. attacks; by default an overview of all.</summary>
    [Argument]
    public string? Family { get; init; }

    /// <summary>How it is written: for reading here, as the page docs/methods.md, or as docs/json.md, the page of every result.</summary>
    [Incidental]
    public ListFormat Format { get; init; }

    internal override bool NeedsTorch => false;

    /// <inheritdoc/>
    internal override ListResult Run(RunContext run)
    {
        var names = Catalog.Families.Select(known => known.Name).Append(Recipes).ToList();
        var wanted = names.Where(name => Family is null || name.Equals(Family, StringComparison.OrdinalIgnoreCase)).ToList();
        Require.That(wanted.Count > 0, $"There is no family '{Family}'; {Names.Suggest(Family ?? "", names)}");
        return new([.. wanted.Select(name => name == Recipes ? OfRecipes() : ListedFamily.Of(Catalog.Families.First(known => known.Name == name)))]);
    }

    private static ListedFamily OfRecipes() =>
        new(Recipes, [.. RecipeFile.All().Select(recipe => new ListedMember(recipe.Name, recipe.Summary, "", [], null))]);
}

/// <summary>How a list is written.</summary>
internal enum ListFormat
{
    /// <summary>For reading in a terminal.</summary>
    Text,

    /// <summary>As a page of methods, in Markdown.</summary>
    Md,

    /// <summary>As a page of the operations' results, in Markdown.</summary>
    JsonDoc,
}

/// <summary>What can be chosen.</summary>
/// <param name="Families">The families.</param>
internal sealed record ListResult(IReadOnlyList<ListedFamily> Families);

/// <summary>All methods of one kind.</summary>
/// <param name="Name">The kind, in the plural.</param>
/// <param name="Members">The methods.</param>
internal sealed record ListedFamily(string Name, IReadOnlyList<ListedMember> Members)
{
    /// <summary>Lists a family.</summary>
    internal static ListedFamily Of(Family family) => new(family.Name, [.. family.Members.Select(ListedMember.Of)]);
}

/// <summary>One method or operation.</summary>
/// <param name="Name">The name that users write.</param>
/// <param name="Summary">What it is.</param>
/// <param name="Source">Where a method was published; of an operation, its details.</param>
/// <param name="Parameters">Its hyper-parameters, or options.</param>
/// <param name="Result">The type of an operation's result, as docs/json.md calls it; null for methods.</param>
internal sealed record ListedMember(string Name, string Summary, string Source, IReadOnlyList<ListedSetting> Parameters, string? Result)
{
    /// <summary>Lists a member.</summary>
    internal static ListedMember Of(Member member) => new(
        member.Name,
        member.Summary,
        member.Source,
        [
            .. member.Parameters.Select(setting => new ListedSetting(
                setting.Name, setting.Kind, setting.Default, setting.Meaning, setting.Range?.Minimum, setting.Range?.Maximum)),
        ],
        ResultOf(member.Type)?.Name);

    /// <summary>The type of an operation's result, or null.</summary>
    public static Type? ResultOf(Type type) =>
        type.IsSubclassOf(typeof(Operation)) ? ((Operation)Settings.Of(type).Build(new Dictionary<Setting, object?>())).ResultType : null;
}

/// <summary>One hyper-parameter or option.</summary>
/// <param name="Name">The name that users write.</param>
/// <param name="Kind">What kind of value it takes.</param>
/// <param name="Default">The default, as users write it; empty where there is none.</param>
/// <param name="Meaning">Symbol, meaning and unit.</param>
/// <param name="Minimum">The least value allowed, or null.</param>
/// <param name="Maximum">The largest value allowed, or null.</param>
internal sealed record ListedSetting(string Name, string Kind, string Default, string Meaning, object? Minimum, object? Maximum);
