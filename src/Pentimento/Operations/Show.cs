using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Operations;

/// <summary>Draws a contact sheet of a dataset.</summary>
/// <remarks>A column for each class, or for each colour with --by colors. A terminal that can show colours gets a preview too.</remarks>
/// <example>
/// pentimento show rg_95z
/// pentimento show gr_95h:train --by colors --rows 10 --out sheet.png
/// </example>
internal sealed record Show : DataOperation<ShowResult>
{
    /// <summary>A dataset (name, folder or npz), with :train or :test.</summary>
    [Argument]
    public required DataRef Data { get; init; }

    /// <summary>The attribute whose values are the columns: labels, colors or another.</summary>
    [Form("NAME")]
    public string By { get; init; } = "labels";

    /// <summary>How many images of each.</summary>
    [Range(1, int.MaxValue)]
    public int Rows { get; init; } = 6;

    /// <summary>Where the sheet is written.</summary>
    [Output("F.png")]
    public string Out { get; init; } = "sheet.png";

    internal override bool NeedsTorch => false;

    /// <inheritdoc/>
    internal override ShowResult Run(RunContext run)
    {
        var set = Find(Data, Split.Test, run);
        // An attribute that is not there is refused before anything is drawn.
        set.AttributeOf(By);
        return new(Path.GetFullPath(Out)) { Images = set };
    }
}

/// <summary>A contact sheet that was drawn.</summary>
/// <param name="File">The picture.</param>
internal sealed record ShowResult(string File)
{
    /// <summary>The images.</summary>
    [JsonIgnore]
    internal ImageSet? Images { get; init; }
}
