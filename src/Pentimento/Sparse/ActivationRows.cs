using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Sparse;

/// <summary>A data set of activations at a cut: one row for each image, or for each of some locations of its feature map.</summary>
internal sealed class ActivationRows : IDisposable
{
    // A place whose activations differ from those of a black image by less than this share of the layer's largest value sees nothing.
    private const double Nothing = 1e-5;

    private ActivationRows(Tensor values, long[] labels, long[] colors) =>
        (Values, Labels, Colors) = (values.DetachFromDisposeScope(), labels, colors);

    /// <summary>float32 (N, C).</summary>
    public Tensor Values { get; }

    /// <summary>The class of the image behind each row.</summary>
    public long[] Labels { get; }

    /// <summary>The colour of the image behind each row; empty if unknown.</summary>
    public long[] Colors { get; }

    /// <summary>The number of rows, N.</summary>
    public long Count => Values.shape[0];

    /// <summary>Records the activations of a set at a cut; of a feature map a random sample of the locations that see the object.</summary>
    /// <remarks>
    /// Digits on black leave most of a map at one constant vector, which every autoencoder rebuilds at no cost: counted in, it would flatter the
    /// variance explained, the number of active features and their deaths. A place is left out where the layer's activations are those of a black
    /// image.
    /// </remarks>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="set">The images.</param>
    /// <param name="layer">The cut.</param>
    /// <param name="places">The maximum number of locations sampled from each map.</param>
    /// <param name="run">Device, seed, progress and cancellation.</param>
    public static ActivationRows Of(Classifier network, ImageSet set, string layer, int places, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var black = CutActivations.Rows(
            network.Head(zeros(1, set.Shape.Channels, set.Shape.Height, set.Shape.Width, device: run.Device.ToTorch()), layer));
        var (parts, owners) = (new List<Tensor>(), new List<Tensor>());
        CutActivations.ForEach(network, set, layer, run, (activations, start) =>
        {
            var rows = CutActivations.Rows(activations).view(activations.shape[0], -1, black.shape[1]);
            var images = arange(start, start + activations.shape[0]);
            if (rows.shape[1] == 1)
            {
                parts.Add(rows.squeeze(1).clone().MoveToOuterDisposeScope());
                owners.Add(images.MoveToOuterDisposeScope());
                return;
            }

            using var generator = run.Seed.For("places").For(start).On(rows.device);
            var seen = (rows - black).abs().amax([2]).gt(Nothing * rows.abs().max());
            // The largest of random numbers are a random sample; places that see nothing get 0.
            var (chance, chosen) = (rand(seen.shape, float32, rows.device, generator: generator) * seen).topk(
                (int)Math.Min(places, rows.shape[1]),
                1,
                largest: true,
                sorted: false);
            var drawn = chance.gt(0);
            var picked = rows.gather(1, chosen.unsqueeze(2).expand(-1, -1, rows.shape[2]));
            parts.Add(picked.flatten(0, 1).index_select(0, drawn.flatten().nonzero().squeeze(1)).MoveToOuterDisposeScope());
            owners.Add(images.unsqueeze(1).expand(-1, drawn.shape[1]).masked_select(drawn.cpu()).MoveToOuterDisposeScope());
        });
        var owner = cat(owners).data<long>().ToArray();
        return new(
            cat(parts),
            Array.ConvertAll(owner, place => set.Labels[place]),
            set.Colors.Length == 0 ? [] : Array.ConvertAll(owner, place => set.Colors[place]));
    }

    /// <summary>Reads stored activations of any origin: an npz with <c>activations</c> float (N, C) and, if known, <c>labels</c> and <c>colors</c>
    /// (N).</summary>
    /// <exception cref="BadInputException">A key is missing, or an array is of another type or shape.</exception>
    public static ActivationRows Read(string file)
    {
        Require.That(File.Exists(file), $"There is no file {file}.");
        var arrays = Npz.Read(file, "activations", "labels", "colors");
        Require.That(arrays.TryGetValue("activations", out var given), $"{file} has no array 'activations' (N, C).");
        Require.That(given.Shape is [> 0, > 0], $"{file}, activations: expected (N, C), got {given}.");
        var floats = given.Data switch
        {
            float[] values => values,
            double[] values => Array.ConvertAll(values, value => (float)value),
            _ => throw new BadInputException($"{file}, activations: expected floating-point numbers, got {given}."),
        };
        Require.That(Array.TrueForAll(floats, float.IsFinite), $"{file}, activations: some are infinite or not numbers.");
        return new(tensor(floats).view(given.Shape), Known("labels"), Known("colors"));

        long[] Known(string name)
        {
            if (!arrays.TryGetValue(name, out var values)) return [];
            Require.That(values.Shape is [var count] && count == given.Shape[0], $"{file}, {name}: expected ({given.Shape[0]}), got {values}.");
            return values.AsLabels($"{file}, {name}");
        }
    }

    /// <summary>Sets a share of the rows apart, drawn at random so that every class keeps its share where labels are known; the rows of one
    /// image stay together only by chance.</summary>
    /// <param name="share">Above 0, below 1.</param>
    /// <param name="seed">Decides which.</param>
    public (ActivationRows Learned, ActivationRows Held) HoldOut(double share, Seed seed)
    {
        var labels = Labels.Length > 0 ? Labels : new long[Count];
        var held = StratifiedDraw.Of(labels, (int)Math.Round(share * Count), seed);
        int[] learned = [.. Enumerable.Range(0, (int)Count).Except(held)];
        return (Pick(learned), Pick(held));
    }

    private ActivationRows Pick(int[] places)
    {
        using var scope = NewDisposeScope();
        long[] Part(long[] all) => all.Length == 0 ? [] : Array.ConvertAll(places, place => all[place]);
        return new(Values.index_select(0, tensor(places, int64).to(Values.device)), Part(Labels), Part(Colors));
    }

    /// <summary>A slice of the rows.</summary>
    public ActivationRows Take(long from, long to)
    {
        using var scope = NewDisposeScope();
        long[] Part(long[] all) => all.Length == 0 ? [] : all[(int)from..(int)to];
        return new(Values.slice(0, from, to, 1).clone(), Part(Labels), Part(Colors));
    }

    /// <inheritdoc/>
    public void Dispose() => Values.Dispose();
}
