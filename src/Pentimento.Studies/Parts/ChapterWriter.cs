using Pentimento.Reports.Figures;

namespace Pentimento.Studies.Parts;

/// <summary>Writes one chapter down, and draws its figures as they come.</summary>
/// <param name="folder">The chapter's folder.</param>
internal sealed class ChapterWriter(string folder)
{
    private readonly List<Block> blocks = [];
    private readonly List<Claim> claims = [];
    private readonly HashSet<string> empty = [];

    /// <summary>Where figures are drawn.</summary>
    public string Figures { get; } = Path.Combine(folder, FigureFiles.Place);

    /// <summary>What has been written; a claim does not refer to a figure that shows nothing.</summary>
    public StudyPart Part(string id, string title) => new(
        id, title, blocks, [.. claims.Select(claim => claim.Figure is { } name && empty.Contains(name) ? claim with { Figure = null } : claim)]);

    public void Head(string heading) => blocks.Add(new() { Heading = heading });

    public void Say(string text) => blocks.Add(new() { Text = text });

    public void List(string name, string caption, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows) =>
        blocks.Add(new() { Table = new(name, caption, header, [.. rows]) });

    /// <summary>Draws a figure and shows it.</summary>
    public void Draw(Figure figure, string caption)
    {
        Directory.CreateDirectory(Figures);
        figure.Save(Figures);
        if (figure is PlotFigure plot)
            SafeFile.Write(Path.Combine(Figures, $"{FigureName.Safe(figure.Name)}.{FigureFiles.ForPage}"), plot.Inline());
        if (Directory.GetFiles(Figures, $"{FigureName.Safe(figure.Name)}.*").Length > 0)
        {
            Show(figure.Name, caption, figure.Alt);
        }
        else
        {
            empty.Add(figure.Name);
            Say($"{caption} There are none.");
        }
    }

    /// <summary>Shows a figure that somebody else has drawn.</summary>
    public void Show(string name, string caption, string alt) => blocks.Add(new() { Figure = new(name, caption, alt) });

    /// <summary>Puts down a claim with the effect that decides and what it must be.</summary>
    public void Claim(string said, string measured, string basis, Estimate effect, Bound bound, string? figure = null) =>
        claims.Add(new(said, measured, basis, figure, ClaimEffect.Of(effect, bound)));

    /// <summary>Puts down a claim that cannot be measured here.</summary>
    public void Unmeasured(string said, string why, string? figure = null) => claims.Add(new(said, why, "", figure, null));
}
