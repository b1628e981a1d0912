using Pentimento.Data;
using Pentimento.Data.Properties;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Operations;

/// <summary>Measures a network's accuracy on whole sets, and on their groups.</summary>
/// <remarks>
/// With --by every class is divided by the attributes named: the accuracy of each group with its interval, the worst group, the average of all
/// groups, the average adjusted to the groups of the training images (the train split of the same data, or --adjust), and what the worst of so
/// many groups would show if all were alike.
/// </remarks>
/// <example>
/// pentimento evaluate lazy.safetensors --data rg_95z gr_95z bw_100z
/// pentimento evaluate bird.onnx --data photos --by place --predictions predictions.csv --out groups.png
/// pentimento evaluate weights.npz --network cnn3 --data images.npz --save logits.npz --json
/// </example>
public sealed record Evaluate : NetworkOperation<EvaluateResult>
{
    /// <summary>The sets to evaluate on.</summary>
    public required IReadOnlyList<DataRef> Data { get; init; }

    /// <summary>Write the logits, float32 (N, K), of all sets in their order.</summary>
    [Output("F.npz")]
    public string? Save { get; init; }

    /// <summary>Also measure each group: a class with one value of each of these attributes, e.g. color, or a column of metadata.csv.</summary>
    [Form("ATTRIBUTE")]
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>Measure properties of the images and their files (brightness, contrast, size, camera) and write them with --predictions; each is also
    /// an attribute for --by, as @brightness.</summary>
    public bool Properties { get; init; }

    /// <summary>The training images whose groups weigh the adjusted accuracy (default: the train split of the same data, where it has one).</summary>
    public DataRef? Adjust { get; init; }

    /// <summary>Write a table, one row an image: file, label, prediction, confidence, attributes.</summary>
    [Output("F.csv")]
    public string? Predictions { get; init; }

    /// <summary>Draw the accuracy of each group, as PNG; of each set where no groups are asked for.</summary>
    [Output("F.png")]
    public string? Out { get; init; }

    /// <inheritdoc/>
    internal override EvaluateResult Run(RunContext run)
    {
        using var outer = TorchSharp.torch.NewDisposeScope();
        using var network = Load(run);
        var (evaluations, logits, table) = (new List<SetEvaluation>(), new List<float>(), new PredictionTable());
        ImageSet? first = null;
        foreach (var data in Data)
        {
            var training = Training(data, run);
            foreach (var found in FindAll([data], Split.Test, network, run))
            {
                ClassAgreement.CheckTogether(network, first ??= found, found);
                var set = Measured(found, run);
                using var scope = TorchSharp.torch.NewDisposeScope();
                var outputs = Predictor.Logits(network, set, run);
                evaluations.Add(Evaluated(outputs, set, training));
                if (Save is not null) logits.AddRange(outputs.data<float>());
                if (Predictions is not null) table.Add(set, outputs, network.ClassNames);
            }
        }

        if (Save is not null) Npz.Write(Save, [new("logits", new(logits.ToArray(), logits.Count / network.Classes, network.Classes))]);
        if (Predictions is not null) SafeFile.Write(Path.GetFullPath(Predictions), table.Csv());
        return new(evaluations);
    }

    /// <summary>The set with the properties that were asked for as attributes.</summary>
    private ImageSet Measured(ImageSet set, RunContext run)
    {
        var properties = Properties ? MeasuredProperties.Available(set).Select(MeasuredProperties.NameOf) : [];
        return MeasuredProperties.With(set, properties.Union(By), run);
    }

    private SetEvaluation Evaluated(TorchSharp.torch.Tensor logits, ImageSet set, ImageSet? training)
    {
        var predictions = Evaluation.Predictions.Of(logits, set);
        var evaluation = SetEvaluation.Of(predictions) with { Skipped = set.Skipped == 0 ? null : set.Skipped };
        return By.Count == 0 ? evaluation : GroupEvaluation.With(evaluation, predictions, set, By, training);
    }

    /// <summary>The training images to adjust to, without their pixels; null where there are none.</summary>
    private ImageSet? Training(DataRef data, RunContext run)
    {
        // Quarters of a property are those of the images at hand, so that no other images have the same groups.
        if (By.Count == 0 || By.Any(name => name.StartsWith(MeasuredProperties.Sign))) return null;
        var training = Library(run).Described((Adjust ?? data).Text, Split.Train, Adjust is not null, run);
        return Adjust is not null || (training is not null && By.All(training.HasAttribute)) ? training : null;
    }
}

/// <summary>The accuracy of a network on several sets.</summary>
/// <param name="Evaluations">One a set.</param>
public sealed record EvaluateResult(IReadOnlyList<SetEvaluation> Evaluations);
