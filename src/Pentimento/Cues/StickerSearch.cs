using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>Looks for a small thing that most images of a class have alike to the pixel, each at another place.</summary>
/// <remarks>
/// Windows of a few images are looked for in others of the class, then in those of other classes. What recurs may be a flat part of what is shown,
/// such as sky; a sticker has its edge in common, too: laid one upon the other, the images agree inside of it and nowhere about it.
/// </remarks>
internal static class StickerSearch
{
    private const int Window = 3;

    // The images whose windows are looked for, and in how many others first, then on the whole.
    private const int Anchors = 3;
    private const int Few = 6;
    private const int Many = 24;

    // Windows are alike whose pixels differ by less (the root of the mean square), pixels that differ by less in each channel.
    private const double Tolerance = 0.06;
    private const double PixelTolerance = 0.12;

    // What recurs is in so many images of the class.
    private const double Least = 0.5;

    // And in more than twice as many of the few others that are looked at first by so much.
    private const double Promising = 0.2;

    // Inside of it so many of the images agree, about it no more than so many. Of strokes in one colour 0.8 agree in some pixels.
    private const double Inside = 0.85;
    private const double About = 0.5;

    // What stands out of the ground by less is the ground.
    private const double Standing = 0.04;

    // So many windows of an image, and on the whole, are counted in so many images of the class and others, and so many images laid upon one another
    // for the best of them.
    private const int OfAnchor = 8;
    private const int Tried = 16;
    private const int Best = 4;
    private const int Counted = 500;
    private const int Laid = 100;

    // What lies at one place in more of them is an overlay.
    private const double OnePlace = 0.5;

    // It has so many pixels at least, and is no longer than two of these parts of the image's shorter side.
    private const int Fewest = 4;
    private const int Part = 6;
    private const int Batch = 50;

    /// <summary>The sticker of one class; null where it has none.</summary>
    /// <param name="images">Makes images of places: float32 (N, C, H, W).</param>
    /// <param name="members">The places of those of the class.</param>
    /// <param name="others">The places of all others.</param>
    public static ClassSticker? OfClass(Func<long[], Tensor> images, long[] members, long[] others)
    {
        using var scope = NewDisposeScope();
        var seed = new Seed(0).For("sticker");
        long[] own = [.. new SplitMix64(seed.For(0)).Shuffled(members)], foreign = [.. new SplitMix64(seed.For(1)).Shuffled(others)];
        var (anchors, partners, strangers) = (images(own[..Math.Min(Anchors, own.Length / 4)]), Patches(images([.. own.Skip(Anchors).Take(Many)])),
            Patches(images([.. foreign.Take(Many)])));
        List<(Tensor Window, double Score)> recurring = [];
        for (var at = 0L; at < anchors.shape[0]; at++) recurring.AddRange(Recurring(anchors.narrow(0, at, 1), partners, strangers));
        if (recurring.Count == 0) return null;
        var windows = stack(recurring.OrderByDescending(one => one.Score).Take(Tried).Select(one => one.Window), 0);
        var (most, rest) = (own[..Math.Min(own.Length, Counted)], foreign[..Math.Min(foreign.Length, Counted)]);
        var beyond = Shares(windows, images, most) - (2 * Shares(windows, images, rest));
        var least = EachClass.LeastBeyond(most.Length);
        return beyond.argsort(descending: true).data<long>().ToArray().Take(Best).Where(at => beyond[at].item<float>() > least)
            .Select(at => Grown(windows[at], images, own[..Math.Min(own.Length, Laid)])).FirstOrDefault(one => one is not null);
    }

    /// <summary>The windows of one image that stand out of its ground, that most images of the class have and few others.</summary>
    private static IEnumerable<(Tensor Window, double Score)> Recurring(Tensor anchor, Tensor partners, Tensor strangers)
    {
        var windows = Patches(anchor)[0].t();
        var ground = Foreground.Ground(anchor).view(-1, 1).expand(-1, Window * Window).flatten();
        windows = windows.index_select(0, (windows - ground).abs().amax([1]).ge(Standing).nonzero().flatten());
        var hits = zeros(windows.shape[0], device: windows.device);
        for (var (done, stage) = (0L, (long)Few); done < partners.shape[0]; (done, stage) = (stage, partners.shape[0]))
        {
            stage = Math.Min(stage, partners.shape[0]);
            hits += Hits(windows, partners.narrow(0, done, stage - done));
            var kept = hits.ge(Least * stage).nonzero().flatten();
            (windows, hits) = (windows.index_select(0, kept), hits.index_select(0, kept));
            if (windows.shape[0] == 0) return [];
        }

        var score = (hits / partners.shape[0]) - (2 * Hits(windows, strangers) / strangers.shape[0]);
        return score.argsort(descending: true).data<long>().ToArray().Take(OfAnchor).Where(at => score[at].item<float>() > Promising)
            .Select(at => (windows[at], (double)score[at].item<float>()));
    }

    /// <summary>In how many images each window lies somewhere, float32 (P).</summary>
    private static Tensor Hits(Tensor windows, Tensor patches)
    {
        var hits = zeros(windows.shape[0], device: windows.device);
        for (var at = 0L; at < patches.shape[0]; at++)
        {
            using var inner = NewDisposeScope();
            hits.add_(Differences(windows, patches[at]).amin([1]).le(Tolerance * Tolerance).to_type(float32));
        }

        return hits;
    }

    /// <summary>The share of images that have each window, float32 (P).</summary>
    private static Tensor Shares(Tensor windows, Func<long[], Tensor> images, long[] places)
    {
        var hits = zeros(windows.shape[0]);
        foreach (var chunk in places.Chunk(Batch))
        {
            using var inner = NewDisposeScope();
            hits.add_(Hits(windows, Patches(images(chunk))));
        }

        return hits / places.Length;
    }

    /// <summary>What images have in common about a window, laid upon one another; null where it has no edge, or lies at one place.</summary>
    private static ClassSticker? Grown(Tensor window, Func<long[], Tensor> images, long[] places)
    {
        var set = images(places);
        var (height, width) = (set.shape[2], set.shape[3]);
        // Its size at most, whatever part of it the window shows.
        var reach = (int)Math.Max(2 * Window, Math.Min(height, width) / Part * 2);
        var side = (2 * reach) + 1;
        var (rows, columns, isThere) = Middles(window, set, reach / 2);
        var kept = isThere.nonzero().flatten();
        (rows, columns) = (rows.index_select(0, kept), columns.index_select(0, kept));
        if (((rows * width) + columns).data<long>().ToArray().CountBy(at => at).Max(pair => pair.Value) > OnePlace * kept.shape[0]) return null;
        // Beside an image nothing is like anything.
        var padded = nn.functional.pad(set.index_select(0, kept), [reach, reach, reach, reach], value: -1);
        var down = rows.view(-1, 1, 1) + arange(side).view(1, -1, 1);
        var at = ((down * padded.shape[3]) + columns.view(-1, 1, 1) + arange(side).view(1, 1, -1)).flatten(1).unsqueeze(1);
        var crops = padded.flatten(2).gather(2, at.expand(-1, set.shape[1], -1));
        var look = crops.kthvalue((crops.shape[0] + 1) / 2, 0).values;
        var stands = (crops - Foreground.Ground(set.index_select(0, kept)).flatten(2)).abs().amax([1]).ge(Standing);
        var same = (crops - look).abs().amax([1]).le(PixelTolerance).logical_and(stands).to_type(float32).mean([0]).view(1, 1, side, side);
        var mask = Hanging(same.ge(Inside).to_type(float32), reach);
        var rim = Wider(Wider(mask)) - Wider(mask);
        var touches = mask.sum() - mask.narrow(2, 1, side - 2).narrow(3, 1, side - 2).sum();
        if (mask.sum().item<float>() < Fewest || touches.item<float>() > 0 || (same * rim).max().item<float>() > About) return null;
        return Cut(look.view(-1, side, side), mask) is { Size: var size } one && size.Height <= reach && size.Width <= reach ? one : null;
    }

    /// <summary>The middle of the places near the best one where each image has the window, int64 (N) each, and whether it does, bool (N).</summary>
    private static (Tensor Rows, Tensor Columns, Tensor IsThere) Middles(Tensor window, Tensor set, int reach)
    {
        var across = set.shape[3] - Window + 1;
        var differences = stack(Enumerable.Range(0, (int)set.shape[0])
            .Select(at => Differences(window.unsqueeze(0), Patches(set.narrow(0, at, 1))[0]).flatten()), 0);
        var (least, best) = differences.min(1);
        var (y, x) = (arange(differences.shape[1]).div(across, RoundingMode.floor), arange(differences.shape[1]).remainder(across));
        Tensor From(Tensor axis) => (axis.unsqueeze(0) - axis.index_select(0, best).unsqueeze(1)).abs();
        var near = differences.le(Tolerance * Tolerance).logical_and(From(y).le(reach)).logical_and(From(x).le(reach)).to_type(float32);
        var count = near.sum(1).clamp(min: 1);
        Tensor Middle(Tensor axis) => ((near * axis).sum(1) / count).round().to_type(int64) + (Window / 2);
        return (Middle(y), Middle(x), least.le(Tolerance * Tolerance));
    }

    /// <summary>What of a mask hangs together with the window in its middle.</summary>
    private static Tensor Hanging(Tensor strong, int reach)
    {
        var mask = zeros_like(strong);
        var from = reach - (Window / 2);
        mask.narrow(2, from, Window).narrow(3, from, Window).fill_(1);
        mask *= strong;
        for (var round = 0; round < 2 * reach; round++) mask = Wider(mask) * strong;
        return mask;
    }

    private static Tensor Wider(Tensor mask) => nn.functional.max_pool2d(mask, 3, 1, 1);

    private static ClassSticker Cut(Tensor look, Tensor mask)
    {
        var flat = mask.squeeze(0).squeeze(0);
        var (rows, columns) = (flat.amax([1]).nonzero().flatten(), flat.amax([0]).nonzero().flatten());
        var (top, left) = (rows[0].item<long>(), columns[0].item<long>());
        var (height, width) = (rows[-1].item<long>() - top + 1, columns[-1].item<long>() - left + 1);
        Tensor Part(Tensor of) => of.narrow(-2, top, height).narrow(-1, left, width).contiguous();
        return new([.. Part(look).data<float>()], [.. Part(flat).data<float>()], (int)height, (int)width);
    }

    /// <summary>Every window, float32 (N, C * 9, L).</summary>
    private static Tensor Patches(Tensor images) => nn.functional.unfold(images, Window);

    /// <summary>The mean squared difference of windows, float32 (P, d), and patches, float32 (d, L): float32 (P, L).</summary>
    private static Tensor Differences(Tensor windows, Tensor patches) =>
        addmm(patches.square().sum(0, keepdim: true), windows, patches, beta: 1, alpha: -2).add_(windows.square().sum(1, keepdim: true))
            .div_(windows.shape[1]);
}
