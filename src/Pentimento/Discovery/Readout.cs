using static TorchSharp.torch;

namespace Pentimento.Discovery;

/// <summary>A last layer fitted anew to a network's features, in closed form.</summary>
/// <remarks>Last-layer retraining as in Kirichenko, Izmailov and Wilson, 2023, arXiv:2204.02937, by ridge regression on the classes'
/// indicators.</remarks>
internal sealed class Readout : IDisposable
{
    private const double Penalty = 1e-3;
    private readonly Tensor map;
    private readonly Tensor middle;
    private readonly Tensor scale;
    private readonly long[] classes;

    /// <summary>Fits a last layer.</summary>
    /// <param name="features">float32 (N, F).</param>
    /// <param name="labels">int64 (N).</param>
    /// <param name="classes">The classes to tell apart.</param>
    /// <param name="weights">float32 (N, 1), how much each row counts, 1 on average; null for all alike.</param>
    public Readout(Tensor features, long[] labels, long[] classes, Tensor? weights = null)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        this.classes = classes;
        var count = features.shape[0];
        var place = classes.Index().ToDictionary(pair => pair.Item, pair => (long)pair.Index);
        var indicators = nn.functional.one_hot(tensor(Array.ConvertAll(labels, label => place[label])), classes.Length).to_type(float32);
        middle = features.mean([0], keepdim: true).DetachFromDisposeScope();
        scale = (features - middle).square().mean().sqrt().clamp(min: 1e-9).DetachFromDisposeScope();
        var ready = Ready(features);
        var weighted = (weights is null ? ready : ready * weights).t();
        var gram = weighted.mm(ready) + (eye(ready.shape[1]) * (count * Penalty));
        map = linalg.solve(gram, weighted.mm(indicators)).DetachFromDisposeScope();
    }

    /// <summary>The scores of features, float32 (N, K).</summary>
    public Tensor Scores(Tensor features)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        return Ready(features).mm(map).MoveToOuterDisposeScope();
    }

    /// <summary>The class with the largest score of each image.</summary>
    public long[] Predict(Tensor features)
    {
        using var scope = NewDisposeScope();
        return ClassesOf(Scores(features), classes);
    }

    /// <summary>The classes with the largest scores.</summary>
    public static long[] ClassesOf(Tensor scores, long[] classes) => Array.ConvertAll(scores.argmax(1).data<long>().ToArray(), at => classes[at]);

    public void Dispose()
    {
        map.Dispose();
        middle.Dispose();
        scale.Dispose();
    }

    private Tensor Ready(Tensor features) => cat([(features - middle) / scale, ones([features.shape[0], 1])], 1);
}
