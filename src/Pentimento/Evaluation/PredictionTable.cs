using System.Globalization;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Evaluation;

/// <summary>The predictions of a network as a table for spreadsheets, a row an image.</summary>
internal sealed class PredictionTable
{
    private static readonly string[] Fixed = ["file", "label", "prediction", "confidence"];
    private readonly List<(string Data, IReadOnlyList<string> Attributes, IReadOnlyList<string[]> Rows)> sets = [];

    /// <summary>Adds the images of a set.</summary>
    /// <param name="set">The images.</param>
    /// <param name="logits">float32 (N, K).</param>
    /// <param name="classNames">What the network calls its classes; empty for the set's own names.</param>
    public void Add(ImageSet set, Tensor logits, IReadOnlyList<string> classNames)
    {
        using var scope = NewDisposeScope();
        var (confidences, classes) = logits.softmax(1).max(1);
        var (confidence, predicted) = (confidences.data<float>().ToArray(), classes.data<long>().ToArray());
        var attributes = set.AttributeNames;
        var columns = attributes.Select(name => (Name: name, Values: set.AttributeOf(name))).ToList();
        sets.Add((set.Name, attributes, [.. Enumerable.Range(0, set.Count).Select(at => (string[])
        [
            set.NameOf(at),
            Class(set.Labels[at]),
            Class(predicted[at]),
            confidence[at].ToString("0.######", CultureInfo.InvariantCulture),
            .. columns.Select(column => set.ValueName(column.Name, column.Values[at])),
        ])]));

        string Class(long number) => number < classNames.Count ? classNames[(int)number] : set.ValueName("label", number);
    }

    /// <summary>The table: file (or place within the set), label, prediction, confidence and every attribute; where there are several sets the set
    /// comes first.</summary>
    public string Csv()
    {
        string[] attributes = [.. sets.SelectMany(set => set.Attributes).Distinct()];
        var several = sets.Count > 1;
        string[] first = several ? ["data"] : [];
        var header = first.Concat(Fixed).Concat(attributes.Select(name => Fixed.Contains(name) || first.Contains(name) ? $"attribute {name}" : name));
        return Foundation.Csv.Text(sets.SelectMany(Rows).Prepend(header));

        IEnumerable<IEnumerable<string>> Rows((string Data, IReadOnlyList<string> Attributes, IReadOnlyList<string[]> Rows) set)
        {
            var placeOf = set.Attributes.Index().ToDictionary(pair => pair.Item, pair => Fixed.Length + pair.Index);
            return set.Rows.Select(row => (several ? row[..Fixed.Length].Prepend(set.Data) : row[..Fixed.Length])
                .Concat(attributes.Select(name => placeOf.TryGetValue(name, out var place) ? row[place] : "")));
        }
    }
}
