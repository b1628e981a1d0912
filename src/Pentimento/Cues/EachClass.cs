using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>Looks in the images of each class for what most of them have and those of others have not.</summary>
internal static class EachClass
{
    private const long MostBytes = 64L << 20;
    private const int MostImages = 5000;
    private const int FewestOfClass = 16;
    private const double Beyond = 0.3;

    /// <summary>What is found; of many images some are drawn.</summary>
    /// <param name="set">The images with their labels.</param>
    /// <param name="find">Looks in images, uint8 (N, C, H, W), for what those at some places have and those at all others have not; null where there
    /// is nothing.</param>
    /// <param name="cancel">Ends the look before the next class.</param>
    public static T[] Of<T>(ImageSet set, Func<Tensor, long[], long[], T?> find, CancellationToken cancel)
        where T : class
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var most = (int)Math.Min(MostImages, Math.Max(1, MostBytes / set.Shape.Size));
        int[] places = set.Count <= most
            ? [.. Enumerable.Range(0, set.Count)] : StratifiedDraw.Of(set.Labels, most, new Seed(0).For("watermark"));
        var images = Bytes(set, places);
        var classes = places.Select((place, at) => (Label: set.Labels[place], At: (long)at)).GroupBy(one => one.Label).OrderBy(group => group.Key)
            .Select(group => group.Select(one => one.At).ToArray());
        return [.. classes.Where(IsEnough).Select(OfClass).OfType<T>()];

        bool IsEnough(long[] members) => members.Length >= FewestOfClass && members.Length < places.Length;

        T? OfClass(long[] members)
        {
            cancel.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            long[] others = [.. Enumerable.Range(0, places.Length).Select(at => (long)at).Except(members)];
            return find(images, members, others);
        }
    }

    /// <summary>The share of a class's images that must have something, less twice that of others: more than chance makes of so few.</summary>
    public static double LeastBeyond(int members) => Beyond + (1 / Math.Sqrt(members));

    /// <summary>So many of the places at most, drawn at random: files have their own order.</summary>
    public static long[] Drawn(long[] places, int most) =>
        places.Length <= most ? places : [.. new SplitMix64(new Seed(0).For("watermark")).Shuffled(places).Take(most)];

    /// <summary>Some of them, float32 in [0, 1].</summary>
    public static Tensor Chosen(Tensor drawn, long[] places) => drawn.index_select(0, tensor(places)).to_type(float32) / 255;

    /// <summary>uint8 (n, C, H, W), chosen images.</summary>
    private static Tensor Bytes(ImageSet set, int[] places)
    {
        var bytes = empty([places.Length, set.Shape.Channels, set.Shape.Height, set.Shape.Width], uint8);
        var at = 0;
        foreach (var chunk in places.Chunk(BatchSize.OfImages(set.Shape.Size)))
        {
            using var inner = NewDisposeScope();
            using var chosen = tensor(chunk, int64);
            bytes.slice(0, at, at += chunk.Length, 1).copy_((Pixels.Batch(set, chosen) * 255).round());
        }

        return bytes;
    }
}
