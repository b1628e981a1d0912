using System.Globalization;
using Pentimento.Operations;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Pictures;

namespace Pentimento.Reports.Drawings;

/// <summary>One picture of each channel, and a sheet of all.</summary>
internal sealed class VisualizeDrawing : Drawing<Visualize, VisualizeResult>
{
    private const int Zoom = 8;

    /// <inheritdoc/>
    protected override void Draw(Visualize operation, VisualizeResult result)
    {
        if (result.Shape is not { } shape) return;
        var tiles = new List<Tile>();
        foreach (var (image, pixels) in result.Images.Zip(result.Pixels))
        {
            var picture = Picture.Of(pixels, shape);
            Write(image.File, picture.Enlarged(Zoom));
            tiles.Add(new(
                picture, $"channel {image.Channel}", $"{image.Channel}",
                Note: string.Create(CultureInfo.InvariantCulture, $"{image.Activation:0.00} / {image.BestReal:0.00}")));
        }

        Write(result.Sheet, new ChannelSheet(result.Layer, $"The pictures that the channels of {result.Layer} answer most strongly.", tiles).Draw());
    }
}
