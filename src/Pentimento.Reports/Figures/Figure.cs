namespace Pentimento.Reports.Figures;

/// <summary>A drawing of what a run found; equal data give equal drawings.</summary>
public abstract record Figure
{
    /// <summary>The name of its files, without the ending.</summary>
    public abstract string Name { get; }

    /// <summary>What it shows, for those who do not see it.</summary>
    public abstract string Alt { get; }

    /// <summary>The numbers that it draws; null where it shows pictures alone.</summary>
    public virtual Table? Values => null;

    /// <summary>The drawing in each of its formats, the sharpest first; none where there is nothing to draw.</summary>
    public abstract IEnumerable<FigureFile> Drawings();

    /// <summary>What a reader may take home: the sharpest drawing, and the numbers.</summary>
    public IEnumerable<FigureFile> Downloads() => [.. Drawings().Take(1), .. Numbered()];

    /// <summary>Writes the drawings and the numbers into a folder.</summary>
    public void Save(string folder)
    {
        foreach (var file in Drawings().Concat(Numbered()))
            SafeFile.Write(Path.Combine(folder, $"{FigureName.Safe(Name)}.{file.Ending}"), stream => stream.Write(file.Content));
    }

    private IEnumerable<FigureFile> Numbered() => Values is { } values ? [new("csv", values.Csv())] : [];
}
