using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Training;

namespace Pentimento.Experiments;

/// <summary>One training of many: its data, its network, and how it is taught.</summary>
public sealed record Trial
{
    /// <summary>What it learns from; several sets, with commas between, are environments.</summary>
    public string Train { get; init; } = "rg_95z";

    /// <summary>Its architecture.</summary>
    public Architecture Network { get; init; } = new Cnn3();

    /// <summary>How many trainings, on what, make the network.</summary>
    public Procedure Procedure { get; init; } = new SingleStage();

    /// <summary>What is made small.</summary>
    public Objective Objective { get; init; } = new EmpiricalRisk();

    /// <summary>How weights follow the gradient.</summary>
    public Optimizer Optimizer { get; init; } = new Adam();

    /// <summary>How the learning rate goes.</summary>
    public Schedule Schedule { get; init; } = new Constant();

    /// <summary>How often all images are seen.</summary>
    [Range(1, 100_000)]
    public int Epochs { get; init; } = 3;

    /// <summary>Images in one step, over all environments.</summary>
    [Range(1, 1_000_000)]
    public int Batch { get; init; } = 256;

    /// <summary>c, in the loss as c times the sum of squared weights and biases.</summary>
    [Range(0.0, 10.0)]
    public double WeightPenalty { get; init; }

    /// <summary>What is done to the images of each step.</summary>
    public Augmentation Augment { get; init; } = new Unchanged();

    /// <summary>The numbers that the network computes in; weights and loss stay float32.</summary>
    public Precision Precision { get; init; }

    /// <summary>Which epoch's weights are kept.</summary>
    public Selection Selection { get; init; } = new LastEpoch();

    /// <summary>Decides weights, order and dropout.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>What the training is told besides images and labels.</summary>
    internal Supervision Needs => Procedure.RequiredSupervision(Objective) | Augment.RequiredSupervision;

    /// <summary>How the network is taught.</summary>
    internal TrainingOptions Course() =>
        new()
        {
            Objective = Objective,
            Optimizer = Optimizer,
            Schedule = Schedule,
            Epochs = Epochs,
            Batch = Batch,
            WeightPenalty = WeightPenalty,
            Precision = Precision,
            Augment = Augment,
            Selection = Selection,
        };

    /// <summary>Every setting by its name, as users write it.</summary>
    public IReadOnlyDictionary<string, string> Settings() =>
        Binder.Describe(this)!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? "");
}
