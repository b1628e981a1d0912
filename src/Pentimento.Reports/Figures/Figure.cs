namespace Pentimento.Reports.Figures;

/// <summary>A drawing of what a run found; equal data give equal drawings.</summary>
public abstract record Figure
{
    /// <summary>The name of its files, without the ending.</summary>
    public abstract string Name { get; }

    /// <summary>What it shows, for those who do not see it.</summary>
    public abstract string Alt { get; }

    /// <summary>Writes its files into a folder.</summary>
    public abstract void Save(string folder);
}
