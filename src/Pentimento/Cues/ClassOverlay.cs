using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>What most images of one class have alike to the pixel, and others have not: a tag, a stamp, lines or a faint pattern laid over them.
/// </summary>
/// <remarks>
/// Of what is shown hardly two images have the same fine detail at the same pixel. Of the classes of Fashion-MNIST and MNIST, all ten or any two,
/// no pixel has it in 0.2 of one class's images more than twice as often as in others; what is laid over 0.95 of the images has it in 0.9.
/// </remarks>
internal sealed class ClassOverlay
{
    // Two details, or values, are alike within this; one that is less is none.
    private const double Alike = 0.025;
    private const double Least = 0.04;

    // The share of a class's images that show a detail, less twice that of others, beyond what chance makes of so few images.
    private const double LeastBeyond = 0.3;

    // An overlay is opaque where so many images of a class have one value, though in so many of them something else lies about there.
    private const double Covering = 0.8;
    private const double Covered = 0.2;

    // Nearly black or white are the insides of strokes, too.
    private const double Extreme = 0.02;

    // A hole is filled in an overlay that fills so much of what lies around it.
    private const double Closing = 0.3;

    // Where an object hides an overlay, fewer of the pixels around than this show it.
    private const double LeastAround = 0.35;

    private const int Batch = 250;

    private readonly long[] pixels;
    private readonly float[] details;
    private readonly float[] values;
    private readonly float[] raised;

    private ClassOverlay(long[] pixels, float[] details, float[] values, float[] raised) =>
        (this.pixels, this.details, this.values, this.raised) = (pixels, details, values, raised);

    /// <summary>Where the overlay covers what lies below, bool (H * W).</summary>
    public required bool[] Opaque { get; init; }

    /// <summary>Where the overlay's pixels are as it has them, float32 (N, P) of 0 and 1: the value where overlays are opaque, else the detail.</summary>
    /// <param name="images">float32 (N, C, H * W).</param>
    /// <param name="fine">Their fine parts, likewise.</param>
    /// <param name="opaque">bool (H * W), where overlays are opaque.</param>
    public Tensor Matches(Tensor images, Tensor fine, Tensor opaque)
    {
        var (at, channels) = (tensor(pixels, device: fine.device), fine.shape[1]);
        Tensor Like(Tensor found, float[] own) =>
            (found.index_select(2, at) - tensor(own, device: fine.device).view(1, channels, -1)).abs().amax([1]).le(Alike);
        return where(opaque.index_select(0, at), Like(images, values), Like(fine, details)).to_type(float32);
    }

    /// <summary>What is to be seen of it, float32 (N, C, H, W), and where, bool (N, 1, H, W).</summary>
    /// <param name="matches">float32 (N, P), where its pixels are as it has them.</param>
    /// <param name="shape">(N, C, H, W).</param>
    public (Tensor Raised, Tensor Where) Visible(Tensor matches, long[] shape)
    {
        Tensor Around(Tensor flat) => Detail.Around(zeros([flat.shape[0], 1, shape[2] * shape[3]], device: flat.device)
            .index_copy_(2, tensor(pixels, device: flat.device), flat.unsqueeze(1)).view(-1, 1, shape[2], shape[3]));
        var all = tensor(raised, device: matches.device).view(1, shape[1], shape[2], shape[3]);
        var covers = tensor(Opaque, device: matches.device).view(1, 1, shape[2], shape[3]);
        var near = Around(ones_like(matches));
        var visible = Around(matches).ge(LeastAround * near).logical_and(near.gt(0))
            .logical_and(all.abs().amax([1], keepdim: true).gt(0).logical_or(covers));
        return (visible * all, visible);
    }

    /// <summary>That of one class; null where it has none.</summary>
    /// <param name="drawn">uint8 (N, C, H, W), images of all classes.</param>
    /// <param name="members">The places of those of the class.</param>
    /// <param name="others">The places of all others.</param>
    /// <param name="window">How many pixels on each side count as soft.</param>
    public static ClassOverlay? Of(Tensor drawn, long[] members, long[] others, int window)
    {
        using var scope = NewDisposeScope();
        var images = Chosen(drawn, members);
        var least = LeastBeyond + (1 / Math.Sqrt(members.Length));
        var (fine, flat) = (Detail.Of(images, window).flatten(2), images.flatten(2));
        var (detail, value) = (Median(fine), Median(flat));
        var shown = Share(fine, detail) * detail.abs().amax([1]).flatten().ge(Least);
        var ground = Foreground.Ground(images);
        var stands = (value - Median(ground.flatten(2))).abs().amax([1]).flatten().ge(Least);
        var same = Share(flat, value) * stands;
        // What an object may hide is seen less often.
        var isFixed = same.ge(Covering).logical_and(same.ge((1 - (Covered / 4)) * same.max()));
        var lies = isFixed.logical_and(Changes(images, ground, isFixed).gt(Covered));
        var candidates = shown.gt(least).logical_or(lies).nonzero().flatten();
        if (candidates.shape[0] == 0) return null;
        var (details, values) = Elsewhere(drawn, others, candidates, detail, value, window);
        Tensor Whole(Tensor part) => zeros_like(shown).index_copy_(0, candidates, part);
        var (own, elsewhere) = (shown.gt(least), Whole(details));
        var covering = lies.logical_and((same - (2 * Whole(values))).gt(least))
            .logical_and(value.gt(Extreme).logical_and(value.lt(1 - Extreme)).any(1).flatten());
        var isOwn = own.logical_and((shown - (2 * elsewhere)).gt(least));
        if (isOwn.logical_or(covering).any().item<bool>() is false) return null;
        // Where something is the class's alone, what it shares with some of the others belongs to it, too.
        var isDetail = own.logical_and((shown - elsewhere).gt(least));
        var opaque = lies.logical_and(Near(isDetail.logical_or(covering), images).gt(0));
        // So is all of it that hangs together with that.
        opaque = isFixed.logical_and(Near(opaque, images).gt(0));
        var places = isDetail.logical_or(opaque).nonzero().flatten();
        float[] Kept(Tensor all) => [.. all.index_select(2, places).flatten().data<float>()];
        // About what covers, details are its own rim.
        var closed = isDetail.logical_or(Near(isDetail, images).gt(Closing)).logical_and(Near(opaque, images).eq(0));
        var raised = Detail.Raised(Shaped(detail * closed, images), window, Shaped(closed, images));
        return new([.. places.data<long>()], Kept(detail), Kept(value), [.. raised.flatten().data<float>()])
        {
            Opaque = [.. opaque.data<bool>()],
        };
    }

    private static Tensor Shaped(Tensor flat, Tensor images) => flat.view(1, -1, images.shape[2], images.shape[3]);

    private static Tensor Near(Tensor mask, Tensor images) => Detail.Around(Shaped(mask.to_type(float32), images)).flatten();

    private static Tensor Chosen(Tensor drawn, long[] places) => drawn.index_select(0, tensor(places)).to_type(float32) / 255;

    private static Tensor Median(Tensor flat) => flat.kthvalue((flat.shape[0] + 1) / 2, 0).values.unsqueeze(0);

    private static Tensor Share(Tensor flat, Tensor usual) => (flat - usual).abs().amax([1]).le(Alike).to_type(float32).mean([0]);

    /// <summary>The shares of other images that show the same details and values, float32 (P) each, a few images at a time.</summary>
    private static (Tensor Details, Tensor Values) Elsewhere(Tensor drawn, long[] others, Tensor places, Tensor detail, Tensor value, int window)
    {
        var (details, values) = (zeros(places.shape[0]), zeros(places.shape[0]));
        Tensor Part(Tensor flat) => flat.flatten(2).index_select(2, places);
        foreach (var chunk in others.Chunk(Batch))
        {
            using var inner = NewDisposeScope();
            var images = Chosen(drawn, chunk);
            details.add_(Share(Part(Detail.Of(images, window)), Part(detail)) * chunk.Length);
            values.add_(Share(Part(images), Part(value)) * chunk.Length);
        }

        return (details / others.Length, values / others.Length);
    }

    /// <summary>How much of what lies around a pixel, beside pixels of a fixed value, stands out of the ground, the mean over images, float32
    /// (H * W).</summary>
    private static Tensor Changes(Tensor images, Tensor ground, Tensor isFixed)
    {
        var free = Shaped(isFixed.logical_not().to_type(float32), images);
        var standing = (images - ground).abs().amax([1], keepdim: true).gt(Least).to_type(float32) * free;
        return (Detail.Around(standing) / Detail.Around(free).clamp(min: 1e-6)).mean([0]).flatten();
    }
}
