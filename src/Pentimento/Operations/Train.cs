using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Training;
using Pentimento.Training.Procedures;
using TorchSharp;

namespace Pentimento.Operations;

/// <summary>Trains a network.</summary>
/// <remarks>
/// The model written is the last epoch's unless --selection names another rule, which asks held-out images only.
///
/// Beside the model a folder of the same name gets metrics.jsonl, curves (loss-*, curve-*) and TensorBoard's event files after every epoch, and a
/// checkpoint: the same command after Ctrl-C or a crash goes on, and ends with the same bytes as if it had never stopped.
/// </remarks>
/// <example>
/// pentimento train --data rg_95z --objective gce --epochs 1 --evaluate rg_95z,gr_95z --out lazy.safetensors
/// pentimento train --data rg_90z,rg_80z --objective v-rex:weight=10,warm-up=235 --evaluate gr_95z
/// pentimento train --data rg_95z --epochs 30 --hold-out 0.1 --selection validation:by=worst-class,patience=3
/// pentimento train --data rg_95z --precision bfloat16
/// pentimento train --data photos --environments place --objective v-rex
/// pentimento train --from bird.onnx --preprocess imagenet --data photos --epochs 2 --out bird-tuned.onnx
/// pentimento train --from bird.onnx --new-head --data other-photos --out other.onnx
/// pentimento train --data rg_95z --augment tint-swap noise:tiers=z-m-h --evaluate gr_95h
/// pentimento train --data rg_95z --errors-of lazy.safetensors --objective v-rex --optimizer adam:learning-rate=0.003 --schedule one-cycle
/// </example>
public sealed record Train : DataOperation<TrainResult>
{
    /// <summary>Training sets; several are environments.</summary>
    public required IReadOnlyList<DataRef> Data { get; init; }

    /// <summary>Split one training set into environments: by an attribute (colors, a column of metadata.csv), or by an npz of one array of
    /// places an environment.</summary>
    [Input("NAME|F.npz"), Called("environments")]
    public string? EnvironmentsBy { get; init; }

    /// <summary>Split one training set into environments by a network's predictions: the correct ones, and the errors.</summary>
    public NetworkRef? ErrorsOf { get; init; }

    /// <summary>Begin with this network's weights instead of random ones: an .onnx, a .safetensors, or weights with --network.</summary>
    public NetworkRef? From { get; init; }

    /// <summary>With --from, begin the last layer anew, for the classes of the training images.</summary>
    public bool NewHead { get; init; }

    /// <summary>With --from, what is done to images before the network, where its file does not say.</summary>
    [Form("STEPS")]
    public Preprocess? Preprocess { get; init; }

    /// <summary>The attribute that may mislead, for group-balanced, last-layer-retraining, bias-additive, worst-group and --errors-of (default: color
    /// or, where images have none, their only one).</summary>
    [Form("NAME")]
    public string? Attribute { get; init; }

    /// <summary>The options of the training.</summary>
    [Inline]
    public TrainingOptions Training { get; init; } = new();

    /// <summary>Sets to evaluate after each epoch and at the end; they select nothing.</summary>
    public IReadOnlyList<DataRef> Evaluate { get; init; } = [];

    /// <summary>How many images of each set of --evaluate are drawn after every epoch but the last, 0 for all.</summary>
    [Range(0, int.MaxValue)]
    public int EvaluateLimit { get; init; }

    /// <summary>The share of each environment's images that is not learned from but selects.</summary>
    [Form("SHARE"), Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double HoldOut { get; init; }

    /// <summary>Sets that select, instead of or besides images held out.</summary>
    public IReadOnlyList<DataRef> Validation { get; init; } = [];

    /// <summary>A name with random numbers of its own: trainings of one seed that differ in it are independent.</summary>
    [Form("NAME")]
    public string? Name { get; init; }

    /// <summary>Where the network is written: .safetensors, .onnx, or bare weights as .pth or .npz.</summary>
    [Output("FILE")]
    public string Out { get; init; } = "model.safetensors";

    /// <summary>Write the logits, float32 (N, K), of all evaluated sets in their order.</summary>
    [Output("F.npz")]
    public string? Save { get; init; }

    /// <summary>Called with the history after each epoch, for drawings.</summary>
    internal Action<IReadOnlyList<EpochRecord>>? AfterEpoch { get; init; }

    /// <inheritdoc/>
    internal override Resumption? Resumption => new("Finished epochs") { IsRun = false };

    /// <inheritdoc/>
    internal override string? Note(Device device) =>
        Training.Precision != Precision.Bfloat16 || device == Device.Cuda || Processor.MultipliesBfloat16
            ? null
            : "this processor has no instructions for bfloat16 that are known here, so --precision bfloat16 is likely slower than float32.";

    /// <inheritdoc/>
    internal override void Check()
    {
        Require.That(
            EnvironmentsBy is null || ErrorsOf is null, $"--environments and --errors-of both split the training set; give one of them.");
        Require.That(From is not null || !NewHead, $"--new-head replaces the last layer of the network of --from; name one.");
        Require.That(From is not null || Preprocess is null, $"--preprocess belongs to the network of --from; name one.");
        ModelFile.CheckName(Out, "--out");
        Overwriting.RefuseAmong(Out, [.. Data, .. Evaluate, .. Validation]);
    }

    /// <inheritdoc/>
    internal override TrainResult Run(RunContext run)
    {
        var start = From is null ? null : FineTuning.Of(From, Training.Network, Preprocess, NewHead);
        var (learned, held) = Environments(start, run).HoldOut(HoldOut, run.Seed.For("hold-out"));
        var (environments, split) = SplitByErrors(learned, run);
        // Before the training: a class that it does not know is an error of the command.
        var sets = Judges(Evaluate, environments, start, run);
        var file = Path.GetFullPath(Out);
        var log = new TrainingLog(sets)
        {
            Validation = [.. held, .. Judges(Validation, environments, start, run)],
            EvaluateLimit = EvaluateLimit,
            Folder = Path.ChangeExtension(file, null),
            Stage = Name ?? "training",
            Listener = AfterEpoch,
        };
        var options = For(learned);
        var training = (start is null ? options : options with { Network = start.Architecture }).On(run.Device);
        var trained = training.Train(environments, log, run.For(Name ?? "train"));
        using var network = trained.Network;
        ModelFile.Write(file, network, Recipe(training.Precision, run.Seed));
        log.DeleteCheckpoints();
        var logits = log.Logits.Of(network) ?? [.. sets.Select(set => Logits(network, set, run))];
        if (Save is not null) Npz.Write(Path.GetFullPath(Save), [new("logits", Together(logits, network.Classes))]);
        return new(
            file, options.Selection.Rule, Training.RequiredSupervision.Describe(), trained.History,
            [.. sets.Zip(logits, (set, all) => SetEvaluation.Of(Predicted(set, all, network.Classes)))])
        {
            Split = split,
            Precision = training.Precision,
        };
    }

    private IReadOnlyList<ImageSet> Sets(IReadOnlyList<DataRef> data, Split split, FineTuning? start, RunContext run) => start is null
        ? FindAll(data, split, run)
        : start.Fitted(data.SelectMany(one => Library(run).For(start.Shape).FindAll(one.Text, split, Limit, run)));

    /// <summary>The options for the attribute that may mislead.</summary>
    private TrainingOptions For(Training.Environments learned)
    {
        var only = learned.Sets.All(set => !set.HasAttribute(ImageSet.Color) && set.Attributes.Count == 1) ? learned.Sets[0].AttributeNames[0] : null;
        return (Attribute ?? only) is { } attribute
            ? Training with { Procedure = Training.Procedure.For(attribute), Selection = Training.Selection.For(attribute) }
            : Training;
    }

    private Training.Environments Environments(FineTuning? start, RunContext run)
    {
        var sets = new Training.Environments(Sets(Data, Split.Train, start, run));
        if (EnvironmentsBy is not { } by) return sets;
        Require.That(sets.Sets.Count == 1, $"--environments splits one set, got {sets.Sets.Count}.");
        return File.Exists(by)
            ? Pentimento.Training.Environments.ByFile(sets.Sets[0], by)
            : Pentimento.Training.Environments.ByAttribute(sets.Sets[0], by);
    }

    /// <summary>Sets with their classes numbered as those that are learned.</summary>
    private IReadOnlyList<ImageSet> Judges(IReadOnlyList<DataRef> data, Training.Environments learned, FineTuning? start, RunContext run) =>
        start is not null
            ? Sets(data, Split.Test, start, run)
            : [.. data.SelectMany(one => Library(run).FindAll(one.Text, Split.Test, Limit, run))
                .Select(set => ClassNumbering.As(set, learned.ClassNames, "the training data"))];

    private (Training.Environments Environments, ErrorSplit? Split) SplitByErrors(Training.Environments learned, RunContext run)
    {
        if (ErrorsOf is null) return (learned, null);
        Require.That(learned.Sets.Count == 1, $"--errors-of splits one set, got {learned.Sets.Count}.");
        using var reference = ModelFile.Read(ErrorsOf.File).On(run.Device);
        return ErrorEnvironments.Infer(reference, learned.Sets[0], run, Attribute);
    }

    private static float[] Logits(Classifier network, ImageSet set, RunContext run)
    {
        using var logits = Predictor.Logits(network, set, run);
        return logits.data<float>().ToArray();
    }

    private static NpyArray Together(IReadOnlyList<float[]> logits, int classes) =>
        new(logits.SelectMany(all => all).ToArray(), logits.Sum(all => all.Length) / classes, classes);

    private static Predictions Predicted(ImageSet set, float[] logits, int classes)
    {
        using var all = torch.tensor(logits, set.Count, classes);
        return Predictions.Of(all, set);
    }

    /// <summary>What the model's file says of its making.</summary>
    private string Recipe(Precision precision, Seed seed)
    {
        var recipe = Binder.Describe(Training with { Precision = precision })!.AsObject();
        recipe["data"] = string.Join(",", Data.Select(data => data.Text));
        if (From is not null) recipe["from"] = From.File;
        recipe["seed"] = seed.Value;
        return recipe.ToJsonString();
    }
}

/// <summary>A trained network's file, and how it came about. Fractions are of 1.</summary>
/// <param name="Model">The network's file.</param>
/// <param name="Selected">The rule by which the epoch was selected, in words.</param>
/// <param name="Supervision">What the training was given besides images and labels, in words.</param>
/// <param name="History">One record for each epoch of the last stage.</param>
/// <param name="Evaluations">The kept network on every evaluated set.</param>
public sealed record TrainResult(
    string Model,
    string Selected,
    string Supervision,
    IReadOnlyList<EpochRecord> History,
    IReadOnlyList<SetEvaluation> Evaluations)
{
    /// <summary>The floating-point type of forward and backward pass; null in results of earlier versions.</summary>
    public Precision? Precision { get; init; }

    /// <summary>The environments that a network's errors revealed; null where nobody asked for them.</summary>
    [JsonInclude]
    internal ErrorSplit? Split { get; init; }
}
