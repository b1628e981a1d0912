using Pentimento.Attacks;
using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Operations;
using Pentimento.Probing;

namespace Pentimento.Tests.Operations;

/// <summary>Operations on the oracle's network and a few of its images, each done within a second or so.</summary>
internal static class SmallOperations
{
    /// <summary>The oracle's network.</summary>
    public static readonly string Weights = Oracle.At("weights.npz");

    /// <summary>The oracle's images.</summary>
    public static readonly string Data = Oracle.At("images.npz");

    private const int Images = 6;

    private static readonly Dictionary<string, Func<Scratch, Operation>> All = new()
    {
        ["attack"] = _ => new AttackImages { Model = Weights, Network = new Cnn3(), Data = Data, Limit = Images, Attack = new Pgd(Steps: 2) },
        ["audit"] = _ => new Audit { Model = Weights, Network = new Cnn3(), Data = Data, Limit = Images },
        ["compare"] = _ => new Compare
        {
            Models = [$"one={Weights}", $"two={Weights}"],
            Network = new Cnn3(),
            Data = Data,
            Limit = Images,
            Attacks = [new Fgsm(), new DeepFool(Steps: 2)],
            Targets = [new(null, Criterion.Any)],
        },
        ["discover"] = _ => new Discover { Model = Weights, Network = new Cnn3(), Data = Data, Cues = ["color", "border"], Pairs = 40, Slices = 2 },
        ["evaluate"] = _ => new Evaluate { Model = Weights, Network = new Cnn3(), Data = [Data], Limit = Images },
        ["explain"] = _ => new Explain
        {
            Models = [Weights],
            Network = new Cnn3(),
            Data = Data,
            Limit = Images,
            Methods = [new GradCam(), new IntegratedGradients(2)],
        },
        ["probe"] = scratch => new Probe
        {
            Model = Weights,
            Network = new Cnn3(),
            Data = Colored(scratch),
            Grey = "none",
            Evaluate = [Data],
            TrialImages = Images,
            Permutations = 2,
            Resamples = 2,
            Visualization = new JitteredAscent(Steps: 1),
            Limit = 60,
        },
        ["trust"] = _ => new Trust
        {
            Models = [Weights],
            Network = new Cnn3(),
            Data = Data,
            Limit = 3,
            Methods = [new GradCam(),
            new InputGradient()]
        },
        ["visualize"] = _ => new Visualize
        {
            Model = Weights,
            Network = new Cnn3(),
            Data = Data,
            Limit = Images,
            Channels = [3, 5],
            Method = new JitteredAscent(Steps: 1),
        },
    };

    public static IEnumerable<string> Names => All.Keys;

    public static Operation Of(string name, Scratch scratch) => All[name](scratch);

    /// <summary>The oracle's images with their colours under the name that pentimento reads.</summary>
    public static string Colored(Scratch scratch)
    {
        var images = Oracle.Images;
        Npz.Write(
            scratch.At("colored.npz"),
            [
                new("images", new(images.Pixels.ToArray(), images.Count, 28, 28, 3)),
                new("labels", new(images.Labels, images.Count)),
                new("colors", new(images.AttributeOf("colour"), images.Count)),
            ]);
        return scratch.At("colored.npz");
    }
}
