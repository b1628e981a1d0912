using Pentimento.Cli.Terminal;
using Pentimento.Data;
using Pentimento.Evaluation;
using TorchSharp;

namespace Pentimento.Cli.Verbs;

/// <summary><c>evaluate MODEL --data DATA...</c>: accuracy with intervals, and the confusion behind it.</summary>
internal static class EvaluateVerb
{
    private sealed record Result(IReadOnlyList<SetEvaluation> Evaluations);

    public static Verb Create(Host host)
    {
        var model = Common.Model();
        var data = Common.Data("Sets to judge the network on.");
        var network = Common.Network();
        var limit = Common.Limit();
        var save = new Option<string?>("--save")
        {
            Description = "Write the logits, float32 (N, K), of all sets in their order.",
            HelpName = "F.npz",
        };
        var verb = new Verb(
            "evaluate",
            "Measures a network on whole sets.",
            """
            Examples:
              pentimento evaluate lazy.safetensors --data rg_95z gr_95z bw_100z
              pentimento evaluate weights.npz --network cnn3 --data images.npz --save logits.npz --json
            """) { model, data, network, limit, save };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            return session.Answer(torch: true, run =>
            {
                using var judged = Session.Model(parsed.GetValue(model)!, parsed.GetValue(network), run);
                var evaluations = new List<SetEvaluation>();
                var logits = new List<float>();
                foreach (var set in parsed.GetValue(data)!.SelectMany(name => session.Library.FindAll(name, Split.Test, parsed.GetValue(limit), run)))
                {
                    using var scope = torch.NewDisposeScope();
                    var answers = Predictor.Logits(judged, set, run);
                    evaluations.Add(SetEvaluation.Of(Predictions.Of(answers, set)));
                    if (parsed.GetValue(save) is not null) logits.AddRange(answers.data<float>());
                }

                if (parsed.GetValue(save) is { } file)
                    Npz.Write(file, [new("logits", new(logits.ToArray(), logits.Count / judged.Classes, judged.Classes))]);
                return new Result(evaluations);
            }, (result, output) => Tables.Write(output, result.Evaluations));
        });
        return verb;
    }
}
