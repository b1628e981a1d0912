using Pentimento.Attacks;
using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Training.Objectives;
using static TorchSharp.torch;

namespace Pentimento.Training;

/// <summary>What one step measured.</summary>
/// <param name="Loss">The objective.</param>
/// <param name="Penalty">The unweighted penalty, or null.</param>
/// <param name="Right">How many of its images were answered right.</param>
/// <param name="Seen">How many images it took.</param>
internal readonly record struct StepRecord(double Loss, double? Penalty, long Right, long Seen);

/// <summary>Takes a training's steps, one after another.</summary>
internal sealed class TrainingStep : IDisposable
{
    private readonly Classifier network;
    private readonly Course course;
    private readonly Attack? adversary;
    private readonly RunContext run;
    private readonly List<BatchSampler> decks;
    private readonly OptimizerState descent;
    private readonly IObjectiveState objective;
    private readonly int perEnvironment;

    public TrainingStep(Classifier network, Course course, Environments environments, Attack? adversary, RunContext run)
    {
        (this.network, this.course, this.adversary, this.run) = (network, course, adversary, run);
        // Frozen weights are none of the optimiser's: weight decay would shrink them.
        descent = course.Optimizer.Begin(network.parameters().Where(parameter => parameter.requires_grad));
        objective = course.Objective.Begin();
        decks =
        [
            .. environments.Sets.Select(
                (set, at) => new BatchSampler(set, run.Seed.For("order").For(at), environments.Weights.ElementAtOrDefault(at))),
        ];
        perEnvironment = Math.Max(1, course.Batch / decks.Count);
        StepsPerEpoch = Math.Max(1, environments.Count / course.Batch);
    }

    public int StepsPerEpoch { get; }

    /// <summary>Steps taken so far.</summary>
    public int Taken { get; private set; }

    /// <summary>The last step's learning rate.</summary>
    public double Rate { get; private set; }

    public StepRecord Step()
    {
        using var scope = NewDisposeScope();
        using var dice = run.Seed.For("dropout").For(Taken).On(run.Device.ToTorch());
        SetRate(Taken);
        network.Dice = dice;
        if (objective.StartsAnew(Taken)) descent.Forget();
        descent.ZeroGradients();

        var (answers, seen) = Answer();
        var loss = objective.Of(answers, Taken);
        var value = loss.Value.item<float>();
        Require.That(
            float.IsFinite(value),
            $"Training diverged at step {Taken}: the loss is {value} at learning rate {Rate:0.######}; a smaller learning rate may help.");
        loss.Value.backward();
        if (course.WeightPenalty > 0) AddWeightPenalty(course.WeightPenalty / loss.Divisor);
        descent.Step();
        Taken++;
        // A network in training may answer with more than its classes: a second one's opinion, for the objective alone.
        var right = answers.Sum(part => part.Logits.narrow(1, 0, network.Classes).argmax(1).eq(part.Labels).sum().item<long>());
        return new(value, loss.Penalty?.item<float>(), right, seen);
    }

    /// <summary>Deals, and asks the network about all environments in one pass, cut apart again for the objective.</summary>
    private (List<Answers> Answers, long Seen) Answer()
    {
        var device = run.Device.ToTorch();
        var dealt = decks.Select(deck => deck.Deal(perEnvironment)).ToList();
        var images = (dealt.Count == 1 ? dealt[0].Images : cat(dealt.Select(part => part.Images).ToList())).to(device);
        images = course.Augment.Apply(images, run.Seed.For("augment").For(Taken));
        if (adversary is not null) images = Attacked(adversary, images, cat(dealt.Select(part => part.Labels).ToList()).to(device));
        var (features, logits) = course.Precision.Open(network, images);
        var answers = new List<Answers>();
        var start = 0L;
        foreach (var (_, labels, places) in dealt)
        {
            var end = start + labels.shape[0];
            answers.Add(new(logits.slice(0, start, end, 1), labels.to(device), features.slice(0, start, end, 1), places.to(device)));
            start = end;
        }

        return (answers, start);
    }

    /// <summary>Adds the gradient of c times the sum of squared weights.</summary>
    private void AddWeightPenalty(double c)
    {
        using var still = no_grad();
        foreach (var weight in network.parameters()) weight.grad?.add_(weight, alpha: 2 * c);
    }

    /// <summary>The images as they fool the network of this moment, which answers without dropout meanwhile.</summary>
    private Tensor Attacked(Attack attack, Tensor images, Tensor labels)
    {
        network.eval();
        var attacked = attack.Perturb(
            network,
            images,
            BatchCriterion.AwayFrom(labels),
            run.WithoutProgress() with
            {
                Seed = run.Seed.For("adversary").For(Taken),
            }
        );
        network.train();
        return attacked;
    }

    /// <summary>What optimiser and objective remember.</summary>
    public IReadOnlyDictionary<string, NpyArray> Memory()
    {
        using var scope = NewDisposeScope();
        var memory = descent
            .Moments.Index()
            .ToDictionary(pair => $"moment/{pair.Index}", pair => new NpyArray(pair.Item.cpu().data<float>().ToArray(), pair.Item.shape));
        memory["steps"] = new(new[] { descent.Steps }, 1);
        foreach (var (at, tensor) in objective.Memory.Index())
            memory[$"objective/{at}"] = new(tensor.cpu().to(float64).data<double>().ToArray(), tensor.shape);
        return memory;
    }

    /// <summary>Stands where a training stood after some steps.</summary>
    public void GoOn(int taken, IReadOnlyDictionary<string, NpyArray> memory)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        descent.GoOn(((long[])memory["steps"].Data)[0], [.. descent.Moments.Select((_, at) => tensor((float[])memory[$"moment/{at}"].Data))]);
        objective.Memory =
        [
            .. memory.Where(pair => pair.Key.StartsWith("objective/", StringComparison.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => tensor((double[])pair.Value.Data).view(pair.Value.Shape).to(run.Device.ToTorch())),
        ];
        decks.ForEach(deck => deck.Skip(taken, perEnvironment));
        Taken = taken;
        SetRate(Math.Max(0, taken - 1));
    }

    public void Dispose()
    {
        descent.Dispose();
        foreach (var kept in objective.Memory) kept.Dispose();
        decks.ForEach(deck => deck.Dispose());
    }

    private void SetRate(int step)
    {
        var last = Math.Max(1, (StepsPerEpoch * course.Epochs) - 1);
        Rate = course.Optimizer.Rate * course.Schedule.At(Math.Min(1, (double)step / last));
        descent.Rate = Rate;
    }
}
