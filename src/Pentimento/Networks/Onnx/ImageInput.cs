using global::Onnx;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx;

/// <summary>How a file's network takes images: their size, their layout, and the batch that it was written for.</summary>
/// <param name="Shape">The images.</param>
/// <param name="Layout">How they are arranged.</param>
/// <param name="Batch">The number of images for which it was written; 0 where any number will do.</param>
internal sealed record ImageInput(ImageShape Shape, ImageLayout Layout, long Batch)
{
    private const int UsualSide = 224;

    /// <summary>Reads the input's description.</summary>
    /// <param name="file">The file, for messages.</param>
    /// <param name="input">The input.</param>
    /// <param name="wanted">The size where the file leaves it open.</param>
    /// <exception cref="BadInputException">It takes no images.</exception>
    public static ImageInput Of(string file, ValueInfoProto input, ImageShape? wanted)
    {
        var type = input.Type?.TensorType;
        Require.That(
            type is not null && OnnxTensor.TypeOf(type.ElemType) is ScalarType.Float32,
            $"{file}: the input '{input.Name}' is no float32 tensor; images come as such.");
        long[] sizes = [.. (type.Shape?.Dim.Select(dim => dim.DimValue) ?? [])];
        var written = string.Join(", ", sizes);
        Require.That(
            sizes.Length is 2 or 4 && sizes.All(size => size is >= 0 and <= 1 << 16),
            $"{file}: the input '{input.Name}' has the shape ({written}); expected images (N, C, H, W), (N, H, W, C) or (N, C·H·W).");
        if (sizes.Length == 2) return new(wanted is { } given && given.Size == sizes[1] ? given : Square(file, sizes[1]), ImageLayout.Flat, sizes[0]);
        var last = sizes[1] is not (1 or 3) && sizes[3] is 1 or 3 && (sizes[1] > 0 || sizes[2] > 0 || sizes[3] > 0);
        var (channels, height, width) = last ? (sizes[3], sizes[1], sizes[2]) : (sizes[1], sizes[2], sizes[3]);
        int Side(long size, int? other) => size > 0 ? (int)size : other ?? UsualSide;
        var shape = new ImageShape(Side(height, wanted?.Height), Side(width, wanted?.Width), channels > 0 ? (int)channels : wanted?.Channels ?? 3);
        Require.That(shape.Channels is 1 or 3, $"{file}: the input '{input.Name}' has {shape.Channels} channels; images have 1 or 3.");
        return new(shape, last ? ImageLayout.ChannelsLast : ImageLayout.ChannelsFirst, sizes[0]);
    }

    /// <summary>Images as they come here, in the layout of the file.</summary>
    public Tensor Arranged(Tensor images) => Layout switch
    {
        ImageLayout.ChannelsLast => images.permute(0, 2, 3, 1),
        ImageLayout.Flat => images.flatten(1),
        _ => images.alias(),
    };

    /// <summary>Adds the node that arranges images, if one is needed.</summary>
    public void Arrange(List<Node> nodes)
    {
        if (Layout == ImageLayout.ChannelsFirst) return;
        nodes.Add(new("arranged", NodeRole.Passage, [Graph.Images], ["arranged"], (inputs, _) => [Arranged(inputs[0]!)])
        {
            Maps = false,
            Implied = true,
        });
    }

    private static ImageShape Square(string file, long count)
    {
        foreach (var channels in new[] { 1, 3 })
        {
            var side = (int)Math.Sqrt(count / (double)channels);
            if ((long)side * side * channels == count && count > 0) return new(side, side, channels);
        }

        throw new BadInputException($"{file}: its input of {count} values is no square image of 1 or 3 channels.");
    }
}

/// <summary>How images are arranged.</summary>
internal enum ImageLayout
{
    /// <summary>(N, C, H, W).</summary>
    ChannelsFirst,

    /// <summary>(N, H, W, C).</summary>
    ChannelsLast,

    /// <summary>(N, C·H·W).</summary>
    Flat,
}
