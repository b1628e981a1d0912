using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>The overlays of a set's classes: which of them an image shows, taken off and laid on.</summary>
internal sealed class ClassOverlays
{
    private readonly int window;
    private readonly ClassOverlay[] all;
    private readonly bool[] opaque;

    private ClassOverlays(ClassOverlay[] all, int window, ImageShape shape)
    {
        (this.all, this.window, Place) = (all, window, PlaceOf(all, shape));
        // What covers objects of one class covers those of all.
        opaque = all.Length == 0 ? [] : [.. Enumerable.Range(0, all[0].Opaque.Count).Select(at => all.Any(one => one.Opaque[at]))];
    }

    /// <summary>The rows and columns in which all of them lie; null where these are most of the image.</summary>
    public string? Place { get; }

    /// <summary>How many classes have one.</summary>
    public int Count => all.Length;

    /// <summary>Those of a set.</summary>
    /// <param name="set">The images with their labels.</param>
    /// <param name="window">How many pixels on each side count as soft.</param>
    /// <param name="cancel">Ends the look.</param>
    public static ClassOverlays Of(ImageSet set, int window, CancellationToken cancel = default) =>
        new(EachClass.Of(set, (images, members, others) => OverlaySearch.OfClass(images, members, others, window), cancel), window, set.Shape);

    private static string? PlaceOf(ClassOverlay[] all, ImageShape shape)
    {
        if (all.Length == 0) return null;
        var pixels = all.SelectMany(overlay => overlay.Places).ToList();
        var (rows, columns) = (pixels.ConvertAll(at => at / shape.Width), pixels.ConvertAll(at => at % shape.Width));
        var (height, width) = (rows.Max() - rows.Min() + 1, columns.Max() - columns.Min() + 1);
        return 2 * height * width > shape.Height * shape.Width
            ? null
            : $"{Span("row", rows, shape.Height)}, {Span("column", columns, shape.Width)} of {shape.Height}x{shape.Width} pixels";

        static string Span(string name, List<long> places, int side) => (places.Min(), places.Max()) switch
        {
            var (first, last) when first == last => $"{name} {first + 1}",
            var (first, last) when first == 0 && last == side - 1 => $"all {name}s",
            var (first, last) => $"{name}s {first + 1} to {last + 1}",
        };
    }

    /// <summary>The share of each overlay's pixels that an image shows, float32 (N, K).</summary>
    public Tensor Shares(Tensor images) => Shares(images, Fine(images));

    /// <summary>The images with the overlays of the donors in place of their own, as much of each as is to be seen.</summary>
    public Tensor Exchanged(Tensor images, Tensor donors)
    {
        var covers = tensor(opaque, device: images.device).view(1, 1, images.shape[2], images.shape[3]);
        var (off, isOwn) = Seen(images, images, -1);
        var under = isOwn.logical_and(covers).to_type(float32);
        // What an opaque one hides is taken to be what lies around it.
        var rest = Detail.Around(1 - under);
        var filled = where(rest.gt(0), Detail.Around(images * (1 - under)) / rest.clamp(min: 1e-6), images);
        var (on, isGiven) = Seen(donors, (under * filled) + ((1 - under) * off), 1);
        var over = isGiven.logical_and(covers).to_type(float32);
        return (over * donors) + ((1 - over) * on);
    }

    private Tensor Shares(Tensor images, Dictionary<Blending, Tensor> fine)
    {
        var (flat, covers) = (images.flatten(2), tensor(opaque, device: images.device));
        return stack(all.Select(overlay => overlay.Matches(flat, fine[overlay.Blending], covers).mean([1])), 1);
    }

    private Dictionary<Blending, Tensor> Fine(Tensor images) => all.Select(overlay => overlay.Blending).Distinct()
        .ToDictionary(blending => blending, blending => blending.Fine(images, window));

    /// <summary>The bases with what each image shows of the overlay that it shows most of, float32 (N, C, H, W), and where, bool (N, 1, H, W).
    /// </summary>
    /// <param name="images">float32 (N, C, H, W).</param>
    /// <param name="bases">Likewise, on which it is laid.</param>
    /// <param name="times">1 to lay it on, -1 to take it off.</param>
    private (Tensor Laid, Tensor Where) Seen(Tensor images, Tensor bases, double times)
    {
        var (fine, flat, covers) = (Fine(images), images.flatten(2), tensor(opaque, device: images.device));
        var shown = Shares(images, fine).argmax(1).cpu().data<long>().ToArray();
        var (laid, seen) = (zeros_like(bases), zeros([images.shape[0], 1, images.shape[2], images.shape[3]], @bool, images.device));
        foreach (var group in shown.Index().GroupBy(one => one.Item))
        {
            var (rows, overlay) = (tensor([.. group.Select(one => (long)one.Index)], device: images.device), all[group.Key]);
            Tensor Of(Tensor whole) => whole.index_select(0, rows);
            var (part, where) = overlay.Visible(Of(flat), Of(fine[overlay.Blending]), covers, images.shape);
            laid.index_copy_(0, rows, overlay.Blending.Back(overlay.Blending.Of(Of(bases)) + (times * part)));
            seen.index_copy_(0, rows, where);
        }

        return (laid, seen);
    }
}
