using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Reports.Documents;
using Pentimento.Reports.Runs;

namespace Pentimento.Reports.Cards;

/// <summary>A model card: what was measured of a network, on what, against which controls, and what is not known.</summary>
/// <remarks>
/// Mitchell et al., 2019, "Model Cards for Model Reporting", arXiv:1810.03993; headings and metadata in Hugging Face's layout, so that the file
/// can be the README of a model's repository.
/// </remarks>
/// <param name="Name">What the network is called.</param>
/// <param name="Summary">What was found, in a sentence or two.</param>
internal sealed record ModelCard(string Name, string Summary)
{
    private const string File = "model-card.md";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What the network is, and how it came to be.</summary>
    public required IReadOnlyList<string> Details { get; init; }

    /// <summary>What the network is for.</summary>
    public required string Uses { get; init; }

    /// <summary>Shortcuts with their controls, attacks with their budgets, and what was not looked for.</summary>
    public required IReadOnlyList<string> Risks { get; init; }

    /// <summary>Accuracies.</summary>
    public required IReadOnlyList<CardRow> Rows { get; init; }

    /// <summary>What it was trained on, as far as it is known.</summary>
    public required IReadOnlyList<string> Training { get; init; }

    /// <summary>The lines that measure all of this again.</summary>
    public required IReadOnlyList<string> Commands { get; init; }

    /// <summary>Writes <c>model-card.md</c> into a run's folder and returns its path.</summary>
    /// <exception cref="BadInputException">The run is not finished, its files are not whole, or it measured no network.</exception>
    public static string Write(RunFolder folder)
    {
        var card = StepsReport.Holds(folder) ? StepsCard.Of(folder) : RunCard.Of(RunReport.Read(folder));
        var file = folder.At(File);
        SafeFile.Write(file, card.Text());
        return file;
    }

    /// <summary>The card as Markdown with its metadata in front.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        Metadata(text);
        text.Append($"\n# {MarkdownText.Plain(Name)}\n\n{MarkdownText.Plain(Summary)}\n\n## Model details\n\n");
        List(text, Details);
        text.Append($"\n## Uses\n\n{Uses}\n\n## Bias, risks and limitations\n\n");
        List(text, Risks);
        text.Append("\n## Evaluation\n\nTest images; no test set selected the network.\n\n");
        text.Append("| set | images | accuracy | 95% interval | note |\n| --- | --- | --- | --- | --- |\n");
        foreach (var row in Rows)
        {
            text.Append($"| {MarkdownText.Plain(row.Set)} | {Numbers.Whole(row.Count)} | {Numbers.Percent(row.Accuracy)} "
                + $"| {Numbers.Interval(row.Low, row.High)} | {MarkdownText.Plain(row.Note)} |\n");
        }

        text.Append("\n## Training details\n\n");
        List(text, Training);
        text.Append("\n## How to reproduce\n\n");
        foreach (var line in Commands) text.Append($"    {Printable.Of(line)}\n");
        return text.ToString();
    }

    private static void List(StringBuilder text, IReadOnlyList<string> lines)
    {
        foreach (var line in lines) text.Append($"- {line}\n");
    }

    private void Metadata(StringBuilder text)
    {
        text.Append("---\nlibrary_name: pentimento\npipeline_tag: image-classification\ntags:\n- shortcut-learning\n- spurious-correlation\n");
        text.Append($"metrics:\n- accuracy\nmodel-index:\n- name: {Quoted(Name)}\n  results:\n");
        foreach (var row in Rows.Where(row => row.IsWholeSet))
        {
            var accuracy = row.Accuracy.ToString("0.####", CultureInfo.InvariantCulture);
            text.Append($"  - task:\n      type: image-classification\n    dataset:\n      name: {Quoted(row.Set)}\n      type: {Quoted(row.Set)}\n"
                + $"    metrics:\n    - type: accuracy\n      value: {accuracy}\n");
        }

        text.Append("---\n");
    }

    // A string of JSON is one of YAML, too; who takes it for Markdown sees no tag.
    private static string Quoted(string text) => JsonSerializer.Serialize(Printable.Of(text), Relaxed).Replace("<", "\\u003C");
}

/// <summary>An accuracy on a card.</summary>
/// <param name="Set">The set, or the group of one.</param>
/// <param name="Count">The number of images.</param>
/// <param name="Accuracy">The fraction of correct predictions.</param>
/// <param name="Low">The lower end of its 95% interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Note">What stands beside it.</param>
/// <param name="IsWholeSet">Whether it is of a whole set, and no group.</param>
internal sealed record CardRow(string Set, long Count, double Accuracy, double Low, double High, string Note, bool IsWholeSet = true);
