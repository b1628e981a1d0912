using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Operations;

/// <summary>Measures a network's accuracy on whole sets.</summary>
/// <example>
/// pentimento evaluate lazy.safetensors --data rg_95z gr_95z bw_100z
/// pentimento evaluate weights.npz --network cnn3 --data images.npz --save logits.npz --json
/// </example>
public sealed record Evaluate : NetworkOperation<EvaluateResult>
{
    /// <summary>The sets to evaluate on.</summary>
    public required IReadOnlyList<DataRef> Data { get; init; }

    /// <summary>Write the logits, float32 (N, K), of all sets in their order.</summary>
    [Output("F.npz")]
    public string? Save { get; init; }

    /// <inheritdoc/>
    public override EvaluateResult Run(RunContext run)
    {
        using var outer = TorchSharp.torch.NewDisposeScope();
        using var network = Load(run);
        var evaluations = new List<SetEvaluation>();
        var logits = new List<float>();
        foreach (var set in FindAll(Data, Split.Test, network, run))
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            var outputs = Predictor.Logits(network, set, run);
            evaluations.Add(SetEvaluation.Of(Predictions.Of(outputs, set)));
            if (Save is not null) logits.AddRange(outputs.data<float>());
        }

        if (Save is not null) Npz.Write(Save, [new("logits", new(logits.ToArray(), logits.Count / network.Classes, network.Classes))]);
        return new(evaluations);
    }
}

/// <summary>The accuracy of a network on several sets.</summary>
/// <param name="Evaluations">One a set.</param>
public sealed record EvaluateResult(IReadOnlyList<SetEvaluation> Evaluations);
