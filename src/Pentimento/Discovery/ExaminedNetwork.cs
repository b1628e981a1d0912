using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Discovery;

/// <summary>A network and the images on which it is examined, with what it computes of them.</summary>
internal sealed class ExaminedNetwork : IDisposable
{
    private const int Batch = 500;
    private const int Tried = 64;

    private readonly ReadingNetwork reading;
    private readonly Classifier network;
    private readonly Tensor bytes;
    private readonly Tensor? projection;
    private readonly RunContext run;
    private readonly int batch;
    private readonly int looked;
    private readonly ImageCovers? covers;

    // uint8 (N, 1, h, w), where objects in the middle are; null before a cue asked.
    private Tensor? centres;

    /// <summary>Computes features and predictions of every image.</summary>
    /// <exception cref="BadInputException">The images do not fit the network, or show fewer than two classes.</exception>
    public ExaminedNetwork(Classifier network, ImageSet set, RunContext run)
    {
        Require.That(set.Count > 0, $"{set.Name} holds no images.");
        Require.That(set.Shape == network.Shape, $"The network reads images of {network.Shape}, {set.Name} has {set.Shape}.");
        (reading, Set, this.run) = (new(network), set, run);
        (this.network, IsLarge) = (reading.Network, BatchSize.IsLarge(network));
        Classes = [.. set.Labels.Distinct().Order()];
        Require.That(
            Classes.Length > 1, $"{set.Name} shows one class only; whom predictions follow can be told where there are at least two.");
        bytes = set.Tensor().DetachFromDisposeScope();
        covers = ImageCovers.Of(set);
        (batch, looked) = (BatchSize.Of(network, Batch, run), BatchSize.OfImages(set.Shape.Size));
        projection = Projection();
        (Features, var logits) = Run([.. Enumerable.Range(0, set.Count)], (images, _, _) => images, "read the images");
        using var scores = logits;
        Predicted = ClassesOf(scores);
        Precision = PrecisionFor(scores);
    }

    /// <summary>The images.</summary>
    public ImageSet Set { get; }

    /// <summary>The classes that the images show.</summary>
    public long[] Classes { get; }

    /// <summary>What the last layer reads of every image, float32 (N, F) on the CPU.</summary>
    public Tensor Features { get; }

    /// <summary>The predicted class of every image.</summary>
    public long[] Predicted { get; }

    /// <summary>Whether each prediction of the network takes long.</summary>
    public bool IsLarge { get; }

    /// <summary>In what swaps are predicted: bfloat16 where the network is large and the processor multiplies it.</summary>
    public Precision Precision { get; }

    /// <summary>Whether each prediction is the label.</summary>
    public bool Correct(int place) => Predicted[place] == Set.Labels[place];

    /// <summary>The features, float32 (B, F), and the logits, float32 (B, K), both on the CPU, of images that got the cue of others.</summary>
    /// <param name="cue">The cue.</param>
    /// <param name="places">The images.</param>
    /// <param name="donors">Whose cue each gets.</param>
    /// <param name="stage">The name of the stage in progress reports.</param>
    public (Tensor Features, Tensor Logits) Swapped(Cue cue, int[] places, int[] donors, string stage) =>
        Run(places, (images, from, to) => SwappedImages(cue, images, places[from..to], donors[from..to]), stage);

    /// <summary>All that the last layer reads, float32 (B, F) on the CPU, where <see cref="Features"/> are mixtures of it.</summary>
    /// <param name="cue">The cue that images get; null for images as they are.</param>
    /// <param name="places">The images.</param>
    /// <param name="donors">Whose cue each gets.</param>
    public Tensor WholeFeatures(Cue? cue, int[] places, int[] donors)
    {
        var (features, logits) = Run(
            places, (images, from, to) => cue is null ? images : SwappedImages(cue, images, places[from..to], donors[from..to]), "look inside", true);
        logits.Dispose();
        return features;
    }

    /// <summary>The predicted class where the last layer reads these, float32 (B, F) on the CPU.</summary>
    public long[] ClosedClasses(Tensor features)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        return ClassesOf(FiniteLogits.Of(network.Close(features.to(run.Device.ToTorch())), Set.Name).cpu());
    }

    /// <summary>Images with the cue of others, float32 (B, C, H, W).</summary>
    public Tensor SwappedImages(Cue cue, int[] places, int[] donors) => SwappedImages(cue, Images(places), places, donors);

    private Tensor SwappedImages(Cue cue, Tensor images, int[] places, int[] donors) => covers is null && !cue.IsBesideObject
        ? cue.Swap(images, Images(donors))
        : cue.Swap(images, Images(donors), Covers(places), Covers(donors));

    /// <summary>The predicted class of images that got the cue of others.</summary>
    public long[] SwappedClasses(Cue cue, int[] places, int[] donors, string stage)
    {
        var (features, logits) = Swapped(cue, places, donors, stage);
        using var first = features;
        using var second = logits;
        return ClassesOf(second);
    }

    /// <summary>The predicted class of images that were changed somehow.</summary>
    public long[] ChangedClasses(int[] places, Func<Tensor, Tensor> change, string stage)
    {
        var (features, logits) = Run(places, (images, _, _) => change(images), stage);
        using var first = features;
        using var second = logits;
        return ClassesOf(second);
    }

    /// <summary>The class with the largest of each row's logits.</summary>
    public static long[] ClassesOf(Tensor logits)
    {
        using var largest = logits.argmax(1);
        return largest.data<long>().ToArray();
    }

    /// <summary>The cue's numbers of every image, float32 (N, k) on the CPU.</summary>
    public Tensor Read(Cue cue)
    {
        using var scope = NewDisposeScope();
        using var still = inference_mode();
        var parts = new List<Tensor>();
        for (var start = 0; start < Set.Count; start += looked)
        {
            using var inner = NewDisposeScope();
            var images = Pixels.Slice(bytes, start, looked);
            int[] places = [.. Enumerable.Range(start, (int)images.shape[0])];
            parts.Add(Read(cue, images, places).MoveToOuterDisposeScope());
            run.Report(new($"read {Both.NameOf(cue)}", Math.Min(start + looked, Set.Count), Set.Count));
        }

        return FiniteLogits.Of(cat(parts), $"{Both.NameOf(cue)} in {Set.Name}").DetachFromDisposeScope();
    }

    /// <summary>The cue's numbers, float32 (B, k), of images that were changed but whose objects are where they were.</summary>
    public Tensor Read(Cue cue, Tensor images, int[] places) =>
        covers is null && !cue.IsBesideObject ? cue.Read(images) : cue.Read(images, Covers(places));

    /// <summary>Images as the network reads them, float32 (B, C, H, W) on the CPU.</summary>
    public Tensor Images(int[] places)
    {
        using var chosen = tensor(places, int64);
        return Pixels.Batch(bytes, chosen);
    }

    /// <summary>How objects are told from the ground, in words.</summary>
    public string Ground
    {
        get
        {
            if (covers is not null) return covers.Source;
            using var scope = NewDisposeScope();
            int[] tried = [.. Enumerable.Range(0, Math.Min(Batch, Set.Count)).Select(at => (int)(at * (long)Set.Count / Math.Min(Batch, Set.Count)))];
            var busy = Foreground.IsBusy(Images(tried)).sum().item<long>();
            return busy == 0 ? "the colour of the border"
                : busy == tried.Length ? "saliency, because borders are busy"
                : $"the colour of the border, and saliency in the {Numbers.Percent(busy / (double)tried.Length)} of images whose border is busy";
        }
    }

    public void Dispose()
    {
        reading.Dispose();
        bytes.Dispose();
        projection?.Dispose();
        centres?.Dispose();
        Features.Dispose();
    }

    private (Tensor Features, Tensor Logits) Run(int[] places, Func<Tensor, int, int, Tensor> change, string stage, bool whole = false)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var (features, logits) = (new List<Tensor>(), new List<Tensor>());
        for (var start = 0; start < places.Length; start += batch)
        {
            using var inner = NewDisposeScope();
            var end = Math.Min(start + batch, places.Length);
            var opened = Precision.Open(network, change(Images(places[start..end]), start, end).to(run.Device.ToTorch()));
            features.Add((whole ? opened.Features : Projected(opened.Features)).cpu().MoveToOuterDisposeScope());
            logits.Add(opened.Logits.cpu().MoveToOuterDisposeScope());
            run.Report(new(stage, end, places.Length));
        }

        var all = FiniteLogits.Of(cat(logits), Set.Name);
        return (cat(features).DetachFromDisposeScope(), all.DetachFromDisposeScope());
    }

    /// <summary>Images are read in float32, as everywhere; what changes of them does to a large network may be computed in less.</summary>
    private Precision PrecisionFor(Tensor logits)
    {
        using var scope = NewDisposeScope();
        int[] tried = [.. Enumerable.Range(0, Math.Min(Tried, Set.Count))];
        return FastestPrecision.Of(network, Images(tried).to(run.Device.ToTorch()), logits.narrow(0, 0, tried.Length));
    }

    /// <summary>What part of each pixel objects cover: by the pictures' own masks, or else what hangs together with the middle.</summary>
    private Tensor Covers(int[] places)
    {
        if (covers is null)
        {
            centres ??= Centres();
            using var chosen = tensor(places, int64);
            return CentralObject.Enlarged(centres.index_select(0, chosen).to_type(float32), Set.Shape.Height, Set.Shape.Width);
        }

        var all = new byte[places.Length * Set.Shape.Height * Set.Shape.Width];
        var size = Set.Shape.Height * Set.Shape.Width;
        ParallelLoop.For(places.Length, run.Threads, at => covers!.Of(places[at]).CopyTo(all, at * size), run.Cancel);
        return tensor(all).view(places.Length, 1, Set.Shape.Height, Set.Shape.Width).to_type(float32) / 255;
    }

    private Tensor Centres()
    {
        using var scope = NewDisposeScope();
        using var still = inference_mode();
        var parts = new List<Tensor>();
        for (var start = 0; start < Set.Count; start += looked)
        {
            using var inner = NewDisposeScope();
            parts.Add(CentralObject.Rough(Pixels.Slice(bytes, start, looked)).to_type(uint8).MoveToOuterDisposeScope());
        }

        return cat(parts).DetachFromDisposeScope();
    }

    private Tensor Projected(Tensor features) => projection is null ? features : features.matmul(projection);

    /// <summary>Where the last layer reads very many numbers, random mixtures of them stand for them: distances stay nearly the same.</summary>
    /// <remarks>Johnson and Lindenstrauss, 1984.</remarks>
    private Tensor? Projection()
    {
        const int Most = 1024;
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var count = network.Open(Images([0]).to(run.Device.ToTorch())).Features.shape[1];
        if (count <= Most) return null;
        using var generator = run.Seed.For("projection").On(CPU);
        return (randn([count, Most], float32, generator: generator) / Math.Sqrt(Most)).to(run.Device.ToTorch()).DetachFromDisposeScope();
    }
}
