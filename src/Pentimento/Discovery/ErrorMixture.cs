using static TorchSharp.torch;

namespace Pentimento.Discovery;

/// <summary>Groups images that the network sees alike, that show the same class and that it predicts alike: an error-aware mixture.</summary>
/// <remarks>
/// Eyuboglu et al., 2022, "Domino: discovering systematic errors with cross-modal embeddings", arXiv:2203.14960: a mixture of Gaussians with a
/// diagonal
/// covariance over the embedding, times a distribution over labels and one over predictions for each component, both weighted by γ, fitted by
/// expectation and maximisation from the confusion of labels and predictions. The embedding is the network's own features instead of CLIP's.
/// </remarks>
/// <param name="Components">The largest number of groups.</param>
/// <param name="Weight">γ, how much labels and predictions weigh beside the features.</param>
/// <param name="Iterations">Steps of expectation and maximisation.</param>
internal sealed record ErrorMixture(int Components = 25, double Weight = 10, int Iterations = 30)
{
    private const int Dimensions = 16;
    private const float Least = 1e-6f;
    private const float Rare = 1e-3f;

    /// <summary>The group of each image and how typical of it the image is.</summary>
    /// <param name="features">float32 (N, F).</param>
    /// <param name="labels">int64 (N).</param>
    /// <param name="predicted">int64 (N).</param>
    /// <param name="classes">K.</param>
    /// <param name="seed">Decides the start.</param>
    public (long[] Group, float[] Responsibility) Fit(Tensor features, long[] labels, long[] predicted, int classes, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var points = Embedded(features, seed);
        var (label, answer) = (OneHot(labels), OneHot(predicted));
        var member = Start(labels, predicted, seed);
        for (var step = 0; step < Iterations; step++)
        {
            using var inner = NewDisposeScope();
            var size = member.sum([0]) + Least;
            var mean = member.t().mm(points) / size.unsqueeze(1);
            var variance = (member.t().mm(points.square()) / size.unsqueeze(1)) - mean.square() + 1e-2f;
            var inverse = 1 / variance;
            var distance = points.square().mm(inverse.t()) - (2 * points.mm((mean * inverse).t())) + (mean.square() * inverse).sum([1]).unsqueeze(0);
            var log = (size / size.sum()).log().unsqueeze(0) - (0.5 * (distance + variance.log().sum([1]).unsqueeze(0)))
                + (Weight * (label.mm(Shares(label)) + answer.mm(Shares(answer))));
            member = log.softmax(1).MoveToOuterDisposeScope();

            Tensor Shares(Tensor indicators) => ((member.t().mm(indicators) + Rare) / (size.unsqueeze(1) + (classes * Rare))).log().t();
        }

        var (values, groups) = member.max(1);
        return (groups.data<long>().ToArray(), values.data<float>().ToArray());

        Tensor OneHot(long[] all) => nn.functional.one_hot(tensor(all), classes).to_type(float32);
    }

    /// <summary>Each pair of label and prediction that occurs begins as a group, the most frequent errors first; what is left over is split at
    /// random.</summary>
    private Tensor Start(long[] labels, long[] predicted, Seed seed)
    {
        var random = new SplitMix64(seed.For("mixture"));
        var pairs = labels.Zip(predicted).CountBy(pair => pair).OrderByDescending(pair => pair.Key.First == pair.Key.Second ? 0 : pair.Value)
            .ThenBy(pair => pair.Key).Take(Components - 1).Select((pair, at) => (pair.Key, At: at)).ToDictionary(pair => pair.Key, pair => pair.At);
        var member = new float[labels.Length * Components];
        for (var at = 0; at < labels.Length; at++)
        {
            var own = pairs.GetValueOrDefault((labels[at], predicted[at]), random.Below(Components));
            for (var group = 0; group < Components; group++) member[(at * Components) + group] = group == own ? 0.9f : 0.1f / (Components - 1);
        }

        return tensor(member).view(labels.Length, Components);
    }

    private static Tensor Embedded(Tensor features, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var generator = seed.For("embedding").On(CPU);
        var middle = features - features.mean([0], keepdim: true);
        if (features.shape[1] > Dimensions)
        {
            var basis = randn([features.shape[1], Dimensions], float32, generator: generator);
            for (var at = 0; at < 4; at++) basis = linalg.qr(middle.t().mm(middle.mm(basis))).Q;
            middle = middle.mm(basis);
        }

        return (middle / middle.square().mean([0], keepdim: true).sqrt().clamp(min: Least)).MoveToOuterDisposeScope();
    }
}
