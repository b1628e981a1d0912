namespace Pentimento.Studies.Parts;

/// <summary>A finished chapter: all that a page needs, beside the figures' files.</summary>
/// <param name="Id">Its name in files and links.</param>
/// <param name="Title">Its title.</param>
/// <param name="Blocks">What it shows, in order.</param>
/// <param name="Claims">The report's claims that it judges.</param>
public sealed record StudyPart(string Id, string Title, IReadOnlyList<Block> Blocks, IReadOnlyList<Claim> Claims);

/// <summary>One piece of a chapter: exactly one of its members is there.</summary>
public sealed record Block
{
    /// <summary>A heading.</summary>
    public string? Heading { get; init; }

    /// <summary>A paragraph.</summary>
    public string? Text { get; init; }

    /// <summary>A figure.</summary>
    public Shown? Figure { get; init; }

    /// <summary>A table.</summary>
    public Listing? Table { get; init; }
}

/// <summary>A figure that was drawn into the run's <c>figures/</c>.</summary>
/// <param name="Name">The name of its files, without their endings.</param>
/// <param name="Caption">What to see in it.</param>
/// <param name="Alt">What it shows, for those who do not see it.</param>
public sealed record Shown(string Name, string Caption, string Alt);

/// <summary>A table.</summary>
/// <param name="Name">Its name in links and files.</param>
/// <param name="Caption">What to see in it.</param>
/// <param name="Header">The columns' titles.</param>
/// <param name="Rows">The cells, as they are written.</param>
public sealed record Listing(string Name, string Caption, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows);
