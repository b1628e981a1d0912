using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>One cell of a grid laid over the image: a corner, an edge, the middle. Of a corner that is what lies beside the object, and of an edge,
/// too, where objects can be told from their ground.</summary>
/// <remarks>Ours; a tag in a corner was the shortcut of Lapuschkin et al., 2019, "Unmasking Clever Hans predictors and assessing what machines really
/// learn", arXiv:1902.10178.</remarks>
/// <param name="Grid">The number of cells on each side.</param>
/// <param name="Row">The cell's row, from 0 at the top.</param>
/// <param name="Column">The cell's column, from 0 on the left.</param>
internal sealed record Cell([Range(2, 64)] int Grid = 4, [Range(0, 63)] int Row = 0, [Range(0, 63)] int Column = 0) : Cue
{
    private const int Finest = 7;
    private const int SmallCorners = 4;

    // Whether in the set that the cue was fitted to the object can be told from what lies beside it.
    private bool isClear;

    internal override string Place => IsCorner
        ? $"the {(Row == 0 ? "top" : "bottom")} {(Column == 0 ? "left" : "right")} corner, 1/{Grid} of each side"
        : $"row {Row + 1}, column {Column + 1} of {Grid}x{Grid} cells";

    // What is shown hardly reaches a corner; it may reach an edge, and must be told apart there.
    internal override CueKind Kind => Grid >= SmallCorners && (IsCorner || (IsEdge && isClear)) ? CueKind.Beside : CueKind.Content;

    internal override bool IsBesideObject => Kind == CueKind.Beside;

    internal override bool IsPartOf(Cue other) => other is Watermark || (IsBesideObject && other is Background);

    /// <inheritdoc/>
    internal override Cue FittedTo(ImageSet set, CancellationToken cancel = default) =>
        IsEdge ? this with { isClear = CentralObject.IsClearIn(set) } : this;

    /// <summary>Two cues of one cell are the same, whatever set they have seen.</summary>
    public bool Equals(Cell? other) => other is not null && (Grid, Row, Column) == (other.Grid, other.Row, other.Column);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Grid, Row, Column);

    internal override bool Fits(ImageShape shape) =>
        Row < Grid && Column < Grid && shape.Height >= Grid && shape.Width >= Grid;

    private bool IsCorner => (Row == 0 || Row == Grid - 1) && (Column == 0 || Column == Grid - 1);

    private bool IsEdge => Row == 0 || Row == Grid - 1 || Column == 0 || Column == Grid - 1;

    private protected override Tensor Put(Tensor images, Tensor donors) => IsBesideObject
        ? Put(images, donors, CentralObject.Of(images), CentralObject.Of(donors))
        : Exchanged(images, donors);

    private protected override Tensor Put(Tensor images, Tensor donors, Tensor cover, Tensor donorCover) => IsBesideObject
        ? Exchanged(images, CentralObject.Exchanged(images, donors, cover, donorCover))
        : Exchanged(images, donors);

    private protected override Tensor Numbers(Tensor images) =>
        IsBesideObject ? Numbers(images, CentralObject.Of(images)) : Means(images);

    private protected override Tensor Numbers(Tensor images, Tensor cover) =>
        Means(IsBesideObject ? CentralObject.Beside(images, cover) : images);

    private Tensor Exchanged(Tensor images, Tensor others)
    {
        var changed = images.clone();
        Of(changed).copy_(Of(others));
        return changed;
    }

    private Tensor Means(Tensor images)
    {
        var cell = Of(images);
        return nn.functional.adaptive_avg_pool2d(cell, [Math.Min(Finest, cell.shape[2]), Math.Min(Finest, cell.shape[3])]).flatten(1);
    }

    private Tensor Of(Tensor images)
    {
        var (height, width) = (images.shape[2], images.shape[3]);
        return images
            .slice(2, Row * height / Grid, (Row + 1) * height / Grid, 1)
            .slice(3, Column * width / Grid, (Column + 1) * width / Grid, 1);
    }
}
