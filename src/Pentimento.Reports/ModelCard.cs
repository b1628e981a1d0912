using System.Globalization;
using System.Text;
using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Reports.Runs;

namespace Pentimento.Reports;

/// <summary>A run's repaired network as a model card: what was measured, on what, against which controls, and what is not known.</summary>
/// <remarks>
/// Mitchell et al., 2019, "Model Cards for Model Reporting", arXiv:1810.03993; headings and metadata in Hugging Face's layout, so that the file
/// can be the README of a model's repository.
/// </remarks>
internal static class ModelCard
{
    private const string Subject = "repaired";

    /// <summary>Writes <c>model-card.md</c> into the run's folder and returns its path.</summary>
    /// <exception cref="BadInputException">The run is not finished, or its files are not whole.</exception>
    public static string Write(RunFolder folder)
    {
        var file = folder.At("model-card.md");
        SafeFile.Write(file, Text(RunReport.Read(folder)));
        return file;
    }

    /// <summary>The card's text.</summary>
    public static string Text(RunReport report)
    {
        var text = new StringBuilder();
        Metadata(text, report);
        text.Append($"\n# The repaired network of the run '{report.Recipe.Name}'\n\n");
        text.Append($"{report.Audit(Subject).Verdict}\n\n## Model details\n\n");
        text.Append("- **Kind:** image classifier, images in [0, 1] as RGB, one logit a class.\n");
        var (made, seed) = (report.Provenance, report.Recipe.Seed);
        text.Append($"- **Made with:** Pentimento {made.Pentimento}, TorchSharp {made.TorchSharp}; seed {seed}.\n");
        text.Append("- **How:** a first network was trained as usual and follows a shortcut; its errors split the training images into "
            + "environments, and this one was trained on both alike.\n");
        text.Append("\n## Uses\n\nTo study shortcuts. It was trained on painted digits and is fit for no other images.\n");
        text.Append("\n## Bias, risks and limitations\n\n");
        text.Append($"- Predictions that change with the colour alone: {Shares(report.Recolored(Subject))}; "
            + $"the network before the repair: {Shares(report.Recolored("lazy"))} (the control).\n");
        foreach (var attack in report.Results.Attacks.Where(entry => entry.Network == Subject))
        {
            text.Append($"- Attack `{Foundation.Configuration.Catalog.Write(attack.Result.Attack)}` fools "
                + $"{Numbers.Percent(attack.Result.SuccessRate)} "
                + $"({Numbers.Interval(attack.Result.Low, attack.Result.High)}) of {Numbers.Whole(attack.Result.Count)} images.\n");
        }

        text.Append("- Only colour was tested as a shortcut; others were not looked for here (`pentimento discover` does).\n");
        text.Append("\n## Evaluation\n\nTest images; no test set selected the network.\n\n");
        text.Append("| set | images | accuracy | 95% interval | before the repair |\n| --- | --- | --- | --- | --- |\n");
        foreach (var (at, name) in report.Recipe.Evaluate.Index())
        {
            var (now, before) = (report.Results.Of(Subject, at), report.Results.Of("lazy", at));
            text.Append($"| {name} | {Numbers.Whole(now.Count)} | {Numbers.Percent(now.Accuracy)} | {Numbers.Interval(now.Low, now.High)} "
                + $"| {Numbers.Percent(before.Accuracy)} |\n");
        }

        text.Append("\n## Training details\n\n");
        var sets = report.Results.Datasets.Select(set => $"`{set.Name}` ({Numbers.Whole(set.Train)} images)");
        text.Append($"- **Data:** {string.Join(", ", sets)}.\n");
        text.Append($"- **Epochs:** {report.Results.Repaired.Count}.\n");
        text.Append("\n## How to reproduce\n\n");
        text.Append($"    pentimento run {report.Recipe.Name} --seed {report.Recipe.Seed}\n    pentimento check models/repaired.safetensors --data "
            + $"{report.ReversedSet} --require \"accuracy >= 0.9\"\n");
        return text.ToString();
    }

    private static void Metadata(StringBuilder text, RunReport report)
    {
        text.Append("---\nlibrary_name: pentimento\npipeline_tag: image-classification\ntags:\n- shortcut-learning\n- spurious-correlation\n");
        text.Append("metrics:\n- accuracy\nmodel-index:\n- name: repaired\n  results:\n");
        foreach (var (at, name) in report.Recipe.Evaluate.Index())
        {
            var accuracy = report.Results.Of(Subject, at).Accuracy.ToString("0.####", CultureInfo.InvariantCulture);
            text.Append($"  - task:\n      type: image-classification\n    dataset:\n      name: {name}\n      type: {name}\n    metrics:\n"
                + $"    - type: accuracy\n      value: {accuracy}\n");
        }

        text.Append("---\n");
    }

    private static string Shares(Recoloring recoloring) =>
        $"{Numbers.Percent(recoloring.FlipRate)} ({Numbers.Interval(recoloring.Low, recoloring.High)}, n = {Numbers.Whole(recoloring.Count)})";
}
