using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>The stickers of a set's classes, and which of them an image has.</summary>
internal sealed class ClassStickers
{
    // They are looked for in images about so small.
    private const int Side = 64;

    // Of which the shorter side has so many pixels left.
    private const int Shortest = 6;

    private readonly ClassSticker[] all;

    private ClassStickers(ClassSticker[] all) => this.all = all;

    /// <summary>How many classes have one.</summary>
    public int Count => all.Length;

    /// <summary>Those of a set.</summary>
    public static ClassStickers Of(ImageSet set, CancellationToken cancel = default) => new(EachClass.Of(set, (images, members, others) =>
        StickerSearch.OfClass(places => Detail.Shrunk(EachClass.Chosen(images, places), Side), members, others), cancel));

    /// <summary>Whether images of this shape are large enough, once they are small, and not too long.</summary>
    public static bool Fits(ImageShape shape) =>
        Math.Min(shape.Height, shape.Width) >= Shortest * Math.Ceiling(Math.Max(shape.Height, shape.Width) / (double)Side);

    /// <summary>Whether images have each, float32 (N, K).</summary>
    public Tensor Shown(Tensor images)
    {
        var small = Detail.Shrunk(images, Side);
        return stack(all.Select(one => one.Found(small).IsThere.to_type(float32)), 1);
    }

    /// <summary>Where each image has one; of several the last.</summary>
    public Sighting Seen(Tensor images)
    {
        var small = Detail.Shrunk(images, Side);
        var factor = images.shape[3] / small.shape[3];
        var (cover, device) = (zeros([images.shape[0], 1, small.shape[2], small.shape[3]], device: images.device), images.device);
        var (rows, columns) = (zeros(images.shape[0], int64, device), zeros(images.shape[0], int64, device));
        foreach (var one in all)
        {
            var (at, isThere) = one.Found(small);
            var (height, width) = one.Size;
            var across = small.shape[3] - width + 1;
            var (top, left) = (at.div(across, RoundingMode.floor), at.remainder(across));
            // A place holds it where the corner, moved by what the mask covers, is.
            var corner = ((top * small.shape[3]) + left).unsqueeze(1);
            var corners = zeros_like(cover).flatten(1).scatter_(1, corner, isThere.to_type(float32).unsqueeze(1));
            var laid = nn.functional.conv_transpose2d(corners.view(cover.shape), one.Mask(device)).slice(2, 0, small.shape[2], 1)
                .slice(3, 0, small.shape[3], 1);
            cover = where(isThere.view(-1, 1, 1, 1), laid, cover);
            (rows, columns) = (where(isThere, (top + (height / 2)) * factor, rows), where(isThere, (left + (width / 2)) * factor, columns));
        }

        // The rim belongs to it, and what is lost in the smaller image.
        var whole = cover.repeat_interleave(factor, 2).repeat_interleave(factor, 3);
        whole = nn.functional.pad(whole, [0, images.shape[3] - whole.shape[3], 0, images.shape[2] - whole.shape[2]]);
        return new(nn.functional.max_pool2d(whole, (2 * factor) + 1, 1, factor), rows, columns);
    }
}
