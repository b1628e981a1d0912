using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>How the images of a set's classes were enlarged, where those of others were not so.</summary>
internal sealed class ClassEnlargements
{
    // A smaller image had from a quarter to nearly all of the pixels of the shorter side.
    private const int Smallest = 4;
    private const double Largest = 0.92;

    // Of all classes some are looked at first, to see what there is at all.
    private const int Some = 120;
    private const int SomeOfClass = 6;
    private const int Fewest = 3;
    private const int Several = 16;

    // Those of whole images before those of their colours, the coarsest first.
    private readonly Enlargement[] all;

    private ClassEnlargements(IEnumerable<Enlargement> all) => this.all = [.. all.OrderBy(one => one.OfColors).ThenBy(one => one.Part)];

    /// <summary>How many there are.</summary>
    public int Count => all.Length;

    /// <summary>Those of a set.</summary>
    public static ClassEnlargements Of(ImageSet set, CancellationToken cancel = default)
    {
        Enlargement[]? met = null;
        var found = EachClass.Of(set, (images, members, others) => OfClass(images, members, others, met ??= Met(images, set)), cancel);
        return new(found.SelectMany(one => one).Distinct());
    }

    /// <summary>Whether images of this shape are large enough and not too large.</summary>
    public static bool Fits(ImageShape shape) => Math.Min(shape.Height, shape.Width) >= 16 && Math.Max(shape.Height, shape.Width) <= 512;

    /// <summary>How near images are to each, float32 (N, K).</summary>
    public Tensor Ratios(Tensor images) => stack(all.Select(one => one.Ratio(images)), 1);

    /// <summary>The images enlarged as their donors were, where they were less so; where more, they get as fine details as their donors have.
    /// </summary>
    public Tensor Exchanged(Tensor images, Tensor donors)
    {
        var (own, given) = (First(images), First(donors));
        var changed = images;
        for (var at = 0; at < all.Length; at++)
        {
            changed = where(given.eq(at).logical_and(own.gt(at)).view(-1, 1, 1, 1), all[at].Of(images), changed);
            var finer = images + Detail.Shuffled(donors - all[at].Of(donors));
            changed = where(own.eq(at).logical_and(given.gt(at)).view(-1, 1, 1, 1), finer, changed);
        }

        return changed;
    }

    /// <summary>The place of the coarsest that each image shows, int64 (N); one beyond all where there is none.</summary>
    private Tensor First(Tensor images)
    {
        Tensor[] made = [.. all.Select(one => one.Made(images)), ones(images.shape[0], @bool, images.device)];
        return stack(made, 1).to_type(int64).argmax(1);
    }

    /// <summary>What some images of all classes show at all, the most often first.</summary>
    private static Enlargement[] Met(Tensor images, ImageSet set)
    {
        using var scope = NewDisposeScope();
        long[] places = [.. Enumerable.Range(0, (int)images.shape[0]).Select(at => (long)at)];
        var most = Math.Max(Some, SomeOfClass * set.Labels.Distinct().Count());
        var some = EachClass.Chosen(images, EachClass.Drawn(places, most));
        var shorter = Math.Min(set.Shape.Height, set.Shape.Width);
        var parts = Enumerable.Range(shorter / Smallest, (int)(Largest * shorter) - (shorter / Smallest) + 1).Select(side => side / (double)shorter);
        bool[] planes = set.Shape.Channels == 3 ? [false, true] : [false];
        var each = from part in parts
                   from kernel in Enum.GetValues<EnlargingKernel>()
                   from ofColors in planes
                   select new Enlargement(part, kernel, ofColors);
        return [.. each.Select(one => (One: one, Often: Sum(one.Made(some)))).Where(one => one.Often >= Fewest)
            .GroupBy(one => one.One.OfColors).SelectMany(group => group.OrderByDescending(one => one.Often).Take(Several)).Select(one => one.One)];

        static long Sum(Tensor made)
        {
            using (made) return made.sum().item<long>();
        }
    }

    private static Enlargement[]? OfClass(Tensor images, long[] members, long[] others, Enlargement[] met)
    {
        double[] Shares(long[] places)
        {
            var sums = new double[met.Length];
            foreach (var chunk in places.Chunk(BatchSize.OfImages(images[0].numel())))
            {
                using var scope = NewDisposeScope();
                var some = EachClass.Chosen(images, chunk);
                for (var at = 0; at < met.Length; at++) sums[at] += met[at].Made(some).sum().item<long>();
            }

            return [.. sums.Select(sum => sum / places.Length)];
        }

        if (met.Length == 0) return null;
        var (own, elsewhere) = (Shares(members), Shares(others));
        // Of kernels that are alike images show two or three, and colours are enlarged with what they colour.
        var beyond = met.Index().Select(one => (one.Item, Beyond: own[one.Index] - (2 * elsewhere[one.Index])))
            .Where(one => one.Beyond > EachClass.LeastBeyond(members.Length)).ToList();
        return beyond.Count == 0 ? null : [beyond.OrderBy(one => one.Item.OfColors).ThenByDescending(one => one.Beyond).First().Item];
    }
}
