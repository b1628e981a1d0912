using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>What most images of one class have alike to the pixel, and others have not: a tag, a stamp, lines or a faint pattern laid over them.
/// </summary>
/// <param name="blending">How it lies over an image; details and what is added are meant so.</param>
/// <param name="pixels">Where it shows a detail or covers what is below: P places among H * W.</param>
/// <param name="details">The details there, C * P.</param>
/// <param name="values">The values there, C * P.</param>
/// <param name="raised">What it adds to an image, C * H * W, zero where it does not.</param>
/// <param name="opaque">Where it covers what lies below, H * W.</param>
internal sealed class ClassOverlay(Blending blending, long[] pixels, float[] details, float[] values, float[] raised, bool[] opaque)
{
    /// <summary>Two details, or values, are alike within this.</summary>
    public const double Tolerance = 0.025;

    // Where an object hides an overlay, fewer of the pixels around than this show it.
    private const double LeastAround = 0.35;

    /// <summary>How it lies over an image.</summary>
    public Blending Blending => blending;

    /// <summary>How many pixels show it.</summary>
    public int Size => pixels.Length;

    /// <summary>Where it lies among H * W: what it covers or, where it covers nothing, where it shows a detail; details lie about it, too.</summary>
    public IEnumerable<long> Places => opaque.Contains(true) ? opaque.Index().Where(one => one.Item).Select(one => (long)one.Index) : pixels;

    /// <summary>Where it covers what lies below, H * W.</summary>
    public IReadOnlyList<bool> Opaque => opaque;

    /// <summary>Where its pixels are as it has them, float32 (N, P) of 0 and 1: the value where overlays are opaque, else the detail.</summary>
    /// <param name="images">float32 (N, C, H * W).</param>
    /// <param name="fine">Their fine parts, likewise.</param>
    /// <param name="covers">bool (H * W), where overlays are opaque.</param>
    public Tensor Matches(Tensor images, Tensor fine, Tensor covers)
    {
        var at = tensor(pixels, device: fine.device);
        var (value, detail) = (images.index_select(2, at), fine.index_select(2, at));
        var distance = where(
            covers.index_select(0, at), (value - Own(values, fine)).abs(), blending.Distance(value, detail, Own(details, fine)));
        return distance.amax([1]).le(Tolerance).to_type(float32);
    }

    /// <summary>What is to be seen of it, float32 (N, C, H, W), and where, bool (N, 1, H, W): where the details about are those of the overlay, by
    /// least squares, though objects have theirs as well.</summary>
    /// <param name="images">float32 (N, C, H * W).</param>
    /// <param name="fine">Their fine parts, likewise.</param>
    /// <param name="covers">bool (H * W), where overlays are opaque.</param>
    /// <param name="shape">(N, C, H, W).</param>
    public (Tensor Raised, Tensor Where) Visible(Tensor images, Tensor fine, Tensor covers, long[] shape)
    {
        var (at, own) = (tensor(pixels, device: fine.device), Own(details, fine));
        Tensor Around(Tensor flat) => Detail.Around(zeros([flat.shape[0], 1, shape[2] * shape[3]], device: flat.device)
            .index_copy_(2, at, flat.unsqueeze(1)).view(-1, 1, shape[2], shape[3]));
        // Inside what covers there is no detail.
        var weight = own.square().sum([1]) + (Tolerance * Tolerance);
        var found = where(covers.index_select(0, at), Matches(images, fine, covers) * weight, (fine.index_select(2, at) * own).sum([1]));
        var all = tensor(raised, device: fine.device).view(1, shape[1], shape[2], shape[3]);
        var isSome = all.abs().amax([1], keepdim: true).gt(0).logical_or(tensor(opaque, device: fine.device).view(1, 1, shape[2], shape[3]));
        var near = Around(weight);
        var visible = Around(found).ge(LeastAround * near).logical_and(near.gt(0)).logical_and(isSome);
        return (visible * all, visible);
    }

    /// <summary>float32 (1, C, P).</summary>
    private static Tensor Own(float[] kept, Tensor fine) => tensor(kept, device: fine.device).view(1, fine.shape[1], -1);
}
