using Pentimento.Cues;
using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Discovery;

/// <summary>Keeps a twentieth of the Fourier plane of images and looks which classes survive.</summary>
/// <remarks>
/// Wang, Veldhuis, Brune and Strisciuglio, 2023, "What do neural networks learn in image classification? A frequency shortcut perspective",
/// arXiv:2307.09829, and the same authors' search, arXiv:2503.03519, which takes frequencies away one group after the other. Here they are ranked at
/// once, by what the waves add to the class's logit beside the others' in first order: gradient times input, in the Fourier plane.
/// </remarks>
internal static class FrequencyProbe
{
    private const double Kept = 0.05;
    private const int MostClasses = 20;
    private const int OwnImages = 30;
    private const int OtherImages = 50;
    private const int FewestImages = 10;

    /// <summary>The classes, the one that survives best first; none where the network has no gradient by which frequencies could be ranked.</summary>
    public static IReadOnlyList<DominantFrequencies> Of(Classifier network, ExaminedNetwork subject, RunContext run)
    {
        if (!Differentiation.Reaches(network, subject.Images([0]).to(run.Device.ToTorch()))) return [];
        var random = new SplitMix64(run.Seed.For("frequencies"));
        var classes = Enumerable.Range(0, subject.Predicted.Length).Where(subject.Correct).GroupBy(at => subject.Predicted[at])
            .Where(group => group.Count() >= FewestImages).OrderByDescending(group => group.Count()).Take(MostClasses).OrderBy(group => group.Key)
            .Select(group => (Class: group.Key, Places: random.Shuffled(group))).ToList();
        var others = random.Shuffled(Enumerable.Range(0, subject.Predicted.Length).Where(subject.Correct));
        var found = new List<DominantFrequencies>();
        foreach (var (at, (label, places)) in classes.Index())
        {
            using var scope = NewDisposeScope();
            var half = Math.Min(OwnImages, places.Length / 2);
            var (chosen, radius) = Chosen(network, subject, label, places[..half], run);
            var drawn = Drawn(chosen, run.Seed.For("control").For((int)label));
            int[] tested = [.. places.Skip(half).Take(OwnImages)];
            int[] foreign = [.. others.Where(place => subject.Predicted[place] != label).Take(OtherImages)];
            Share Predicted(int[] images, Tensor mask) => images.Length == 0
                ? new(0, 0)
                : Share.Of([.. subject.ChangedClasses(images, pixels => Filtered(pixels, mask), "keep frequencies").Select(one => one == label)]);
            found.Add(new(label, Predicted(tested, chosen), Predicted(foreign, chosen), Predicted(tested, drawn), radius));
            run.Report(new("keep frequencies", at + 1, classes.Count));
        }

        return [.. found.OrderByDescending(one => one.Survives.Low - one.Control.High).ThenBy(one => one.Class)];
    }

    private static Tensor Filtered(Tensor images, Tensor mask) => Frequencies.Images(Frequencies.Of(images) * mask, images).clamp(0, 1);

    /// <summary>The frequencies that speak most for a class, bool (H, W/2+1), and their mean; the mean colour is always among them.</summary>
    private static (Tensor Mask, double Radius) Chosen(Classifier network, ExaminedNetwork subject, long label, int[] places, RunContext run)
    {
        var images = subject.Images(places);
        var variable = images.to(run.Device.ToTorch()).detach().requires_grad_();
        var logits = network.call(variable);
        var margin = (logits.select(1, label) * ((double)logits.shape[1] / Math.Max(1, logits.shape[1] - 1))) - logits.mean([1]);
        var gradient = Differentiation.Gradient(margin.sum(), variable).cpu();
        using var still = no_grad();
        var adds = (Frequencies.Of(gradient).conj() * Frequencies.Of(images)).real.sum([1]).mean([0]);
        adds[0, 0] = float.PositiveInfinity;
        var count = (int)Math.Max(1, Kept * adds.numel());
        var mask = zeros(adds.numel(), @bool).index_fill_(0, adds.flatten().topk(count).indexes, true).view(adds.shape);
        return (mask, Frequencies.Radius(images).masked_select(mask).mean().item<float>());
    }

    /// <summary>As many frequencies at random, the mean colour among them.</summary>
    private static Tensor Drawn(Tensor mask, Seed seed)
    {
        var count = (int)mask.sum().item<long>();
        var order = new SplitMix64(seed).Shuffled(Enumerable.Range(1, (int)mask.numel() - 1).Select(at => (long)at));
        return zeros(mask.numel(), @bool).index_fill_(0, tensor((long[])[0, .. order.Take(count - 1)]), true).view(mask.shape);
    }
}
