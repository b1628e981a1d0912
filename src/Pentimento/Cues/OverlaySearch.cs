using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>Looks for the overlay of a class.</summary>
/// <remarks>
/// Of what is shown hardly two images have the same fine detail at the same pixel. Of the classes of Fashion-MNIST and MNIST, all ten or any two,
/// no pixel has it in 0.2 of one class's images more than twice as often as in others; what is laid over 0.95 of the images has it in 0.9.
/// </remarks>
internal static class OverlaySearch
{
    // A detail that is less is none, nor does a value that differs so little stand out.
    private const double Least = 0.04;

    // An overlay is opaque where so many images of a class have one value, though in so many of them something else lies about there.
    private const double Covering = 0.8;
    private const double Covered = 0.2;

    // What an object may hide is seen less often than what covers it.
    private const double AsOften = 0.95;

    // Nearly black or white are the insides of strokes, too.
    private const double Extreme = 0.02;

    // A hole is filled in an overlay that fills so much of what lies around it.
    private const double Closing = 0.3;

    // What lies below disturbs a translucent overlay, so that, where there surely is one, fewer images show the rest of it.
    private const double Margin = 0.1;

    // So many images of a class tell its medians, fewer where they are large.
    private const int Fewest = 64;
    private const int Most = 600;
    private const long MostBytes = 64L << 20;

    /// <summary>The overlay of one class, lying over images as most of its pixels are found; null where it has none.</summary>
    /// <param name="drawn">uint8 (N, C, H, W), images of all classes.</param>
    /// <param name="members">The places of those of the class.</param>
    /// <param name="others">The places of all others.</param>
    /// <param name="window">How many pixels on each side count as soft.</param>
    public static ClassOverlay? OfClass(Tensor drawn, long[] members, long[] others, int window)
    {
        using var scope = NewDisposeScope();
        var images = EachClass.Chosen(drawn, EachClass.Drawn(members, Enough(drawn[0].numel())));
        var least = EachClass.LeastBeyond((int)images.shape[0]);
        var usual = UsualValues(images);
        var (blending, detail, shown) = Details(images, window, least);
        var margin = blending.IsTranslucent ? Margin : 0;
        var candidates = shown.gt(least - margin).logical_or(usual.IsOver).nonzero().flatten();
        if (candidates.shape[0] == 0) return null;
        var (details, values) = Elsewhere(drawn, others, candidates, detail, usual.Value, blending, window);
        Tensor Whole(Tensor part) => zeros_like(shown).index_copy_(0, candidates, part);
        var beyond = shown - (2 * Whole(details));
        var isOwn = shown.gt(least).logical_and(beyond.gt(least));
        var isGrey = usual.Value.gt(Extreme).logical_and(usual.Value.lt(1 - Extreme)).any(1).flatten();
        var isOwnValue = usual.IsOver.logical_and(isGrey).logical_and((usual.Same - (2 * Whole(values))).gt(least));
        if (isOwn.logical_or(isOwnValue).any().item<bool>() is false) return null;
        // Where something is the class's alone, what it shares with some of the others belongs to it, too, and all that hangs together with it.
        var isDetail = shown.gt(least).logical_and((shown - Whole(details)).gt(least)).logical_or(beyond.gt(least - margin));
        var opaque = usual.IsOver.logical_and(Near(isDetail.logical_or(isOwnValue), images).gt(0));
        opaque = usual.IsFixed.logical_and(Near(opaque, images).gt(0));
        var places = isDetail.logical_or(opaque).nonzero().flatten();
        float[] Kept(Tensor all) => [.. all.index_select(2, places).flatten().data<float>()];
        var raised = Raised(detail, isDetail, opaque, images, window);
        return new(blending, [.. places.data<long>()], Kept(detail), Kept(usual.Value), raised, [.. opaque.data<bool>()]);
    }

    private static int Enough(long values) => (int)Math.Clamp(MostBytes / (sizeof(float) * values), Fewest, Most);

    /// <summary>How an overlay lies over a class's images, in each channel so that most of its pixels are found; the usual details then, float32
    /// (1, C, H * W); and the share that has these where there are some, float32 (H * W).</summary>
    private static (Blending Blending, Tensor Detail, Tensor Shown) Details(Tensor images, int window, double least)
    {
        var ways = Blending.Ways.Select(OfWay).ToArray();
        var best = Enumerable.Range(0, (int)images.shape[1])
            .Select(channel => Enumerable.Range(0, ways.Length).MaxBy(at => ways[at].Found[channel])).ToArray();
        var blending = new Blending(string.Concat(best.Select(at => Blending.Ways[at])));
        var detail = cat([.. best.Select((at, channel) => ways[at].Detail.narrow(1, channel, 1))], 1);
        return (blending, detail, Shown());

        Tensor Shown()
        {
            using var scope = NewDisposeScope();
            var share = Share(blending.Distance(images.flatten(2), blending.Fine(images, window), detail));
            return (share * detail.abs().amax([1]).flatten().ge(Least)).MoveToOuterDisposeScope();
        }

        (Tensor Detail, float[] Found) OfWay(char way)
        {
            using var scope = NewDisposeScope();
            var uniform = Blending.Uniform(way, images.shape[1]);
            var fine = uniform.Fine(images, window);
            var usual = Median(fine);
            var near = uniform.Distance(images.flatten(2), fine, usual).le(ClassOverlay.Tolerance);
            var share = near.to_type(float32).mean([0]) * usual.squeeze(0).abs().ge(Least);
            return (usual.MoveToOuterDisposeScope(), [.. (share * share.gt(least)).sum(1).data<float>()]);
        }
    }

    /// <summary>What the overlay adds where it is not opaque: the values of which its details are the fine part.</summary>
    private static float[] Raised(Tensor detail, Tensor isDetail, Tensor opaque, Tensor images, int window)
    {
        // About what covers, details are its own rim.
        var closed = isDetail.logical_or(Near(isDetail, images).gt(Closing)).logical_and(Near(opaque, images).eq(0));
        return [.. Detail.Raised(Shaped(detail * closed, images), window, Shaped(closed, images)).flatten().data<float>()];
    }

    private static Usual UsualValues(Tensor images)
    {
        using var scope = NewDisposeScope();
        var (value, ground) = (Median(images.flatten(2)), Foreground.Ground(images));
        var stands = (value - Median(ground.flatten(2))).abs().amax([1]).flatten().ge(Least);
        var same = Share((images.flatten(2) - value).abs()) * stands;
        var isFixed = same.ge(Covering).logical_and(same.ge(AsOften * same.max()));
        var isOver = isFixed.logical_and(Changes(images, ground, isFixed).gt(Covered));
        return new(
            value.MoveToOuterDisposeScope(), same.MoveToOuterDisposeScope(), isFixed.MoveToOuterDisposeScope(), isOver.MoveToOuterDisposeScope());
    }

    private static Tensor Shaped(Tensor flat, Tensor images) => flat.view(1, -1, images.shape[2], images.shape[3]);

    private static Tensor Near(Tensor mask, Tensor images) => Detail.Around(Shaped(mask.to_type(float32), images)).flatten();

    private static Tensor Median(Tensor flat) =>
        flat.flatten(1).t().contiguous().kthvalue((flat.shape[0] + 1) / 2, 1).values.view(1, flat.shape[1], -1);

    private static Tensor Share(Tensor distance) => distance.amax([1]).le(ClassOverlay.Tolerance).to_type(float32).mean([0]);

    /// <summary>The shares of other images that show the same details and values, float32 (P) each, a few images at a time.</summary>
    private static (Tensor Details, Tensor Values) Elsewhere(Tensor drawn, long[] others, Tensor places, Tensor detail, Tensor value,
        Blending blending, int window)
    {
        var (details, values) = (zeros(places.shape[0]), zeros(places.shape[0]));
        Tensor Part(Tensor flat) => flat.flatten(2).index_select(2, places);
        foreach (var chunk in others.Chunk(BatchSize.OfImages(drawn[0].numel())))
        {
            using var inner = NewDisposeScope();
            var images = EachClass.Chosen(drawn, chunk);
            details.add_(Share(blending.Distance(Part(images), Part(blending.Fine(images, window)), Part(detail))) * chunk.Length);
            values.add_(Share((Part(images) - Part(value)).abs()) * chunk.Length);
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

    /// <summary>The usual values of a class's images.</summary>
    /// <param name="Value">float32 (1, C, H * W).</param>
    /// <param name="Same">How often images have it, where it stands out, float32 (H * W).</param>
    /// <param name="IsFixed">bool (H * W), where nearly all that show an overlay have it.</param>
    /// <param name="IsOver">bool (H * W), where they do so though other things lie around.</param>
    private sealed record Usual(Tensor Value, Tensor Same, Tensor IsFixed, Tensor IsOver);
}
