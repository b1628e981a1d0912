using Pentimento.Evaluation;
using Pentimento.Reports.Runs;

namespace Pentimento.Reports.Cards;

/// <summary>The card of the repaired network of a run of digits.</summary>
internal static class RunCard
{
    private const string Subject = "repaired";
    private const string Before = "lazy";

    /// <summary>Reads it off the run.</summary>
    public static ModelCard Of(RunReport report)
    {
        var (made, recipe, results) = (report.Provenance, report.Recipe, report.Results);
        return new($"The repaired network of the run {recipe.Name}", report.Audit(Subject).Verdict)
        {
            Details =
            [
                "**Kind:** image classifier, images in [0, 1] as RGB, one logit a class.",
                $"**Made with:** Pentimento {made.Pentimento}, TorchSharp {made.TorchSharp}; seed {recipe.Seed}.",
                "**How:** a first network was trained as usual and follows a shortcut; its errors split the training images into environments, "
                    + "and this one was trained on both alike.",
            ],
            Uses = "To study shortcuts. It was trained on painted digits and is fit for no other images.",
            Risks =
            [
                $"Predictions that change with the colour alone: {Shares(report.Recolored(Subject))}; the network before the repair: "
                    + $"{Shares(report.Recolored(Before))} (the control).",
                .. results.Attacks.Where(entry => entry.Network == Subject).Select(entry => StepsCard.Sentence(entry.Result)),
                "Only colour was tested as a shortcut; others were not looked for here (`pentimento discover` does).",
            ],
            Rows =
            [
                .. recipe.Evaluate.Select((name, at) => (name, Now: results.Of(Subject, at), Before: results.Of(Before, at))).Select(row =>
                    new CardRow(row.name, row.Now.Count, row.Now.Accuracy, row.Now.Low, row.Now.High,
                        $"before the repair {Numbers.Percent(row.Before.Accuracy)}")),
            ],
            Training =
            [
                $"**Data:** {string.Join(", ", results.Datasets.Select(set => $"`{set.Name}` ({Numbers.Counted(set.Train, "image")})"))}.",
                $"**Epochs:** {results.Repaired.Count}.",
            ],
            Commands =
            [
                $"pentimento run {recipe.Name} --seed {recipe.Seed}",
                $"pentimento check models/repaired.safetensors --data {ShellWord.Quoted(report.ReversedData)} --require \"accuracy >= 0.9\"",
            ],
        };
    }

    private static string Shares(Recoloring recoloring) =>
        $"{Numbers.Percent(recoloring.FlipRate)} ({Numbers.Interval(recoloring.Low, recoloring.High)}, n = {Numbers.Whole(recoloring.Count)})";
}
