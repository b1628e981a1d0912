using static TorchSharp.torch;

namespace Pentimento.Discovery;

/// <summary>Predicts the label from a cue's numbers alone, each image by a fit to the others: how far the cue gives the class away.</summary>
/// <remarks>
/// Ridge regression on the numbers and on random Fourier features of their first principal components (Rahimi and Recht, 2007, "Random features for
/// large-scale kernel machines"), in closed form and cross-validated; permuted labels are further right-hand sides of the same equations.
/// </remarks>
internal static class CueClassifier
{
    private const int Folds = 5;
    private const int Permutations = 8;
    private const int Components = 24;
    private const int Waves = 192;
    private const double Penalty = 1e-3;
    private const double Faint = 0.01;

    /// <summary>Classifies every image: by its label, and by the network's prediction of it.</summary>
    /// <param name="numbers">float32 (N, k).</param>
    /// <param name="labels">int64 (N).</param>
    /// <param name="predicted">int64 (N), what the network predicts.</param>
    /// <param name="run">Decides folds and permutations.</param>
    public static (CuePredictions Labels, CuePredictions Predictions) Of(Tensor numbers, long[] labels, long[] predicted, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        long[] classes = [.. labels.Concat(predicted).Distinct().Order()];
        var place = classes.Index().ToDictionary(pair => pair.Item, pair => (long)pair.Index);
        var random = new SplitMix64(run.Seed.For("folds"));
        var (own, echoed) = (Array.ConvertAll(labels, label => place[label]), Array.ConvertAll(predicted, label => place[label]));
        long[][] targets = [own, echoed, .. Enumerable.Range(0, Permutations).Select(_ => random.Shuffled(own))];
        var order = random.Shuffled(Enumerable.Range(0, labels.Length));
        var scores = Scores(Expanded(numbers, run.Seed), targets, classes.Length, order);
        long[][] said = [.. targets.Select((_, at) => scores.select(1, at).argmax(1).data<long>().ToArray())];
        double[] permuted = [.. Enumerable.Range(2, Permutations).Select(at => Balanced(said[at], targets[at], classes.Length))];
        CuePredictions Reading(int at) => CuePredictions.Of(
            Array.ConvertAll(said[at], found => classes[found]),
            Margins(scores.select(1, at), own),
            at == 0 ? labels : predicted,
            Balanced(said[at], targets[at], classes.Length),
            permuted);
        return (Reading(0), Reading(1));
    }

    /// <summary>The mean over the classes that occur of the share that is predicted correctly.</summary>
    internal static double Balanced(long[] predicted, long[] labels, int classes)
    {
        var (hits, counts) = (new double[classes], new double[classes]);
        for (var at = 0; at < labels.Length; at++)
        {
            counts[labels[at]]++;
            if (predicted[at] == labels[at]) hits[labels[at]]++;
        }

        return hits.Zip(counts).Where(pair => pair.Second > 0).Average(pair => pair.First / pair.Second);
    }

    private static double[] Margins(Tensor scores, long[] labels)
    {
        using var scope = NewDisposeScope();
        var own = scores.gather(1, tensor(labels).unsqueeze(1)).squeeze(1);
        return Array.ConvertAll((scores.amax([1]) - own).data<float>().ToArray(), margin => (double)margin);
    }

    /// <summary>Scores of every image by fits without its fold, float32 (N, targets, K), in deviations of each class's indicator.</summary>
    private static Tensor Scores(Tensor features, long[][] targets, int classes, int[] order)
    {
        var count = features.shape[0];
        var indicators = stack(targets.Select(labels => nn.functional.one_hot(tensor(labels), classes).to_type(float32)), 1);
        var mean = indicators.mean([0], keepdim: true);
        var centred = ((indicators - mean) / (mean * (1 - mean)).clamp(min: 1e-6).sqrt()).flatten(1);
        var (gram, moment) = (features.t().mm(features), features.t().mm(centred));
        var penalty = eye(features.shape[1]) * (float)(Penalty * count);
        var scores = zeros_like(centred);
        foreach (var fold in order.Chunk((order.Length + Folds - 1) / Folds))
        {
            using var inner = NewDisposeScope();
            var places = tensor(fold, int64);
            var (own, ownTargets) = (features.index_select(0, places), centred.index_select(0, places));
            var weights = linalg.solve(gram - own.t().mm(own) + penalty, moment - own.t().mm(ownTargets));
            scores.index_copy_(0, places, own.mm(weights));
        }

        return scores.view(count, targets.Length, classes);
    }

    /// <summary>The numbers, waves of their principal components, and 1.</summary>
    private static Tensor Expanded(Tensor numbers, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var generator = seed.For("waves").On(CPU);
        var middle = numbers - numbers.mean([0], keepdim: true);
        var deviation = middle.square().mean([0], keepdim: true).sqrt();
        var standard = middle / deviation.clamp(min: Faint);
        var components = Principal(standard, generator);
        var width = Math.Sqrt(components.shape[1]);
        var scales = cat([full([1, Waves / 2], (float)(2 / width)), full([1, Waves / 2], (float)(0.7 / width))], 1);
        var directions = randn([components.shape[1], Waves], float32, generator: generator) * scales;
        var phases = 2 * Math.PI * rand([1, Waves], float32, generator: generator);
        var waves = (components.mm(directions) + phases).cos() * Math.Sqrt(2.0 / Waves);
        return cat([standard / Math.Sqrt(standard.shape[1]), waves, ones([numbers.shape[0], 1])], 1).MoveToOuterDisposeScope();
    }

    /// <summary>The first principal components, on average of deviation 1, by subspace iteration.</summary>
    private static Tensor Principal(Tensor standard, Generator generator)
    {
        const int Iterations = 4;
        if (standard.shape[1] <= Components) return standard;
        var basis = randn([standard.shape[1], Components], float32, generator: generator);
        for (var at = 0; at < Iterations; at++) basis = linalg.qr(standard.t().mm(standard.mm(basis))).Q;
        var found = standard.mm(basis);
        return found / found.square().mean().sqrt().clamp(min: 1e-6);
    }
}
