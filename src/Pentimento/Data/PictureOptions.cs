namespace Pentimento.Data;

/// <summary>How pictures of a folder are read.</summary>
/// <param name="Size">What each is scaled to; null where all are of one size.</param>
internal sealed record PictureOptions(PictureSize? Size = null)
{
    /// <summary>Whether proportions are kept where a picture is scaled, and its middle taken; else it is stretched.</summary>
    public bool Crop { get; init; }

    /// <summary>What the columns of a table are called.</summary>
    public TableColumns Columns { get; init; }

    /// <summary>Whether damaged pictures are left out and counted; else the first stops the reading.</summary>
    public bool SkipDamaged { get; init; }

    /// <summary>How many channels every picture becomes; 0 for 3, or for 1 where all are grey.</summary>
    public int Channels { get; init; }

    /// <summary>Pictures stretched to a size, or as they are.</summary>
    public static implicit operator PictureOptions(PictureSize? size) => new(size);
}
