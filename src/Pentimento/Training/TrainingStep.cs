using System.Text.Json.Serialization;
using Pentimento.Attacks;
using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Training;

/// <summary>The metrics of one training step.</summary>
/// <param name="Loss">The loss.</param>
/// <param name="Penalty">The unweighted penalty, or null.</param>
/// <param name="Correct">Number of correct predictions.</param>
/// <param name="Seen">Number of images.</param>
internal readonly record struct StepMetrics(double Loss, double? Penalty, [property: JsonRequired] long Correct, long Seen);

/// <summary>Forward pass, backward pass and optimizer step, one batch after another.</summary>
internal sealed class TrainingStep : IDisposable
{
    private readonly Classifier network;
    private readonly TrainingOptions options;
    private readonly Attack? adversary;
    private readonly RunContext run;
    private readonly List<BatchSampler> samplers;
    private readonly OptimizerState optimizer;
    private readonly IObjectiveState objective;
    private readonly int perEnvironment;
    private readonly PiecewiseStep pieces;

    public TrainingStep(Classifier network, TrainingOptions options, Environments environments, Attack? adversary, RunContext run)
    {
        (this.network, this.options, this.adversary, this.run) = (network, options, adversary, run);
        // Frozen weights are kept from the optimizer: weight decay would shrink them.
        optimizer = options.Optimizer.Begin(network.parameters().Where(parameter => parameter.requires_grad));
        objective = options.Objective.Begin();
        samplers =
        [
            .. environments.Sets.Select(
                (set, at) => new BatchSampler(set, run.Seed.For("order").For(at), environments.Weights.ElementAtOrDefault(at))),
        ];
        perEnvironment = Math.Max(1, options.Batch / samplers.Count);
        StepsPerEpoch = Math.Max(1, environments.Count / options.Batch);
        pieces = new(network, options.Precision, environments.Sets.Sum(set => Math.Min(perEnvironment, set.Count)), run);
    }

    /// <summary>Number of batches in an epoch.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>The most images that the network is given at a time; a batch of more is taken in pieces.</summary>
    internal int ImagesAtATime => pieces.Size;

    /// <summary>Number of steps taken so far.</summary>
    public int Taken { get; private set; }

    /// <summary>The learning rate of the last step.</summary>
    public double Rate { get; private set; }

    /// <summary>Trains on one batch.</summary>
    public StepMetrics Step()
    {
        using var scope = NewDisposeScope();
        SetRate(Taken);
        if (objective.ResetsOptimizer(Taken)) optimizer.ResetMoments();
        optimizer.ZeroGradients();

        var batch = Sample();
        ObjectiveLoss loss = default!;
        IReadOnlyList<EnvironmentOutput> outputs = [];
        pieces.Backward(batch.Images, run.Seed.For("dropout").For(Taken), (features, logits) =>
        {
            outputs = Split(features, logits, batch.Labels, batch.Places);
            loss = objective.Of(outputs, Taken);
            var found = loss.Value.item<float>();
            Require.That(
                float.IsFinite(found),
                $"Training diverged at step {Taken}: the loss is {found} at learning rate {Rate:0.######}; a smaller learning rate may help.");
            return loss.Value;
        });
        if (options.WeightPenalty > 0) AddWeightPenalty(options.WeightPenalty / loss.Divisor);
        optimizer.Step();
        Taken++;
        // A network in training may have more logits than classes: a second network's, for the objective alone.
        var correct = outputs.Sum(part => part.Logits.narrow(1, 0, network.Classes).argmax(1).eq(part.Labels).sum().item<long>());
        return new(loss.Value.item<float>(), loss.Penalty?.item<float>(), correct, batch.Images.shape[0]);
    }

    /// <summary>Samples the images of all environments, one after another; augmented, and attacked where that is trained for.</summary>
    private (Tensor Images, IReadOnlyList<Tensor> Labels, IReadOnlyList<Tensor> Places) Sample()
    {
        var device = run.Device.ToTorch();
        var batches = samplers.Select(sampler => sampler.Next(perEnvironment)).ToList();
        var images = (batches.Count == 1 ? batches[0].Images : cat(batches.Select(batch => batch.Images).ToList())).to(device);
        images = options.Augment.Apply(images, run.Seed.For("augment").For(Taken));
        IReadOnlyList<Tensor> labels = [.. batches.Select(batch => batch.Labels.to(device))];
        if (adversary is not null) images = Attacked(adversary, images, cat(labels.ToList()));
        return (images, labels, [.. batches.Select(batch => batch.Places.to(device))]);
    }

    /// <summary>The outputs of all environments, for the objective.</summary>
    private static List<EnvironmentOutput> Split(Tensor features, Tensor logits, IReadOnlyList<Tensor> labels, IReadOnlyList<Tensor> places)
    {
        var outputs = new List<EnvironmentOutput>();
        var start = 0L;
        foreach (var (its, where) in labels.Zip(places))
        {
            var end = start + its.shape[0];
            outputs.Add(new(logits.slice(0, start, end, 1), its, features.slice(0, start, end, 1), where));
            start = end;
        }

        return outputs;
    }

    /// <summary>Adds the gradient of the L2 penalty, c times the sum of squared weights.</summary>
    private void AddWeightPenalty(double c)
    {
        using var noGrad = no_grad();
        foreach (var weight in network.parameters()) weight.grad?.add_(weight, alpha: 2 * c);
    }

    /// <summary>Adversarial examples of the images against the current weights, in evaluation mode.</summary>
    private Tensor Attacked(Attack attack, Tensor images, Tensor labels)
    {
        network.eval();
        var seed = run.Seed.For("adversary").For(Taken);
        var attacked = pieces.Each(images, (piece, start, at) => attack.Perturb(
            network,
            piece,
            BatchCriterion.AwayFrom(labels.narrow(0, start, piece.shape[0])),
            run.WithoutProgress() with { Seed = at is { } place ? seed.For(place) : seed }));
        network.train();
        return attacked;
    }

    /// <summary>The state of optimizer and objective as arrays, for a checkpoint.</summary>
    public IReadOnlyDictionary<string, NpyArray> State()
    {
        using var scope = NewDisposeScope();
        var state = optimizer
            .Moments.Index()
            .ToDictionary(pair => $"moment/{pair.Index}", pair => new NpyArray(pair.Item.cpu().data<float>().ToArray(), pair.Item.shape));
        state["steps"] = new(new[] { optimizer.Steps }, 1);
        foreach (var (at, tensor) in objective.Buffers.Index())
            state[$"objective/{at}"] = new(tensor.cpu().to(float64).data<double>().ToArray(), tensor.shape);
        return state;
    }

    /// <summary>Restores the state after some steps, from a checkpoint.</summary>
    public void Resume(int taken, IReadOnlyDictionary<string, NpyArray> state)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        optimizer.Resume(((long[])state["steps"].Data)[0], [.. optimizer.Moments.Select((_, at) => tensor((float[])state[$"moment/{at}"].Data))]);
        objective.Buffers =
        [
            .. state.Where(pair => pair.Key.StartsWith("objective/", StringComparison.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => tensor((double[])pair.Value.Data).view(pair.Value.Shape).to(run.Device.ToTorch())),
        ];
        samplers.ForEach(sampler => sampler.Skip(taken, perEnvironment));
        Taken = taken;
        SetRate(Math.Max(0, taken - 1));
    }

    public void Dispose()
    {
        optimizer.Dispose();
        foreach (var buffer in objective.Buffers) buffer.Dispose();
        samplers.ForEach(sampler => sampler.Dispose());
    }

    private void SetRate(int step)
    {
        var last = Math.Max(1, (StepsPerEpoch * options.Epochs) - 1);
        Rate = options.Optimizer.Rate * options.Schedule.At(Math.Min(1, (double)step / last));
        optimizer.Rate = Rate;
    }
}
