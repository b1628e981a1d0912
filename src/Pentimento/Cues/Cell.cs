using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>One cell of a grid laid over the image: a corner, an edge, the middle.</summary>
/// <remarks>Ours; a tag in a corner was the shortcut of Lapuschkin et al., 2019, "Unmasking Clever Hans predictors and assessing what machines really
/// learn", arXiv:1902.10178.</remarks>
/// <param name="Grid">The number of cells on each side.</param>
/// <param name="Row">The cell's row, from 0 at the top.</param>
/// <param name="Column">The cell's column, from 0 on the left.</param>
internal sealed record Cell([Range(2, 64)] int Grid = 4, [Range(0, 63)] int Row = 0, [Range(0, 63)] int Column = 0) : Cue
{
    private const int Finest = 7;
    private const int SmallCorners = 4;

    internal override string Place => IsCorner
        ? $"the {(Row == 0 ? "top" : "bottom")} {(Column == 0 ? "left" : "right")} corner, 1/{Grid} of each side"
        : $"row {Row + 1}, column {Column + 1} of {Grid}x{Grid} cells";

    // What is shown hardly reaches a corner; it may reach an edge.
    internal override CueKind Kind => Grid >= SmallCorners && IsCorner ? CueKind.Beside : CueKind.Content;

    internal override bool Fits(ImageShape shape) =>
        Row < Grid && Column < Grid && shape.Height >= Grid && shape.Width >= Grid;

    private bool IsCorner => (Row == 0 || Row == Grid - 1) && (Column == 0 || Column == Grid - 1);

    private protected override Tensor Put(Tensor images, Tensor donors)
    {
        var changed = images.clone();
        Of(changed).copy_(Of(donors));
        return changed;
    }

    private protected override Tensor Numbers(Tensor images)
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
