using System.Globalization;
using Pentimento.Cli.Terminal;
using Pentimento.Editing;
using Pentimento.Operations;

namespace Pentimento.Cli.Views;

/// <summary>A network before and after an edit.</summary>
internal sealed class EditView : View<EditResult>
{
    /// <inheritdoc/>
    protected override void Print(EditResult result, TextWriter output)
    {
        if (result.Selection is { } selection)
        {
            output.WriteLine(
                $"Chosen on {selection.Images:N0} training images and their copies in other colours, counted on {selection.Images:N0} more:");
            output.WriteLine($"  {result.Ablated.Count} of {result.Layer}.");
        }

        if (result.Ablated.Count > 0) output.WriteLine($"Ablated at {result.Layer}: {string.Join(", ", result.Ablated)}");
        foreach (var curve in result.Steering) Print(curve, output);
        if (result.Before.Count == 0) return;
        var pairs = result.Before.Zip(result.After).ToList();
        Tables.Write(output, ["data", "images", "before", "after", "95% interval"], pairs.Select(pair => (IReadOnlyList<string>)
        [
            pair.First.Data,
            pair.First.Count.ToString("N0", CultureInfo.InvariantCulture),
            Tables.Percent(pair.First.Accuracy),
            Tables.Percent(pair.Second.Accuracy),
            $"{Tables.Percent(pair.Second.Low)} to {Tables.Percent(pair.Second.High)}",
        ]));
        output.WriteLine("Before and now: predictions that change with the colour, evidence on the object, successful attacks.");
        string[] headings = ["data", "flips", "flips now", "on object", "object now", "fooled", "fooled now"];
        Tables.Write(output, headings, pairs.Select(pair => (IReadOnlyList<string>)
        [
            pair.First.Data,
            Tables.Percent(pair.First.Recoloring?.FlipRate),
            Tables.Percent(pair.Second.Recoloring?.FlipRate),
            Tables.Percent(pair.First.Focus?.OnDigit),
            Tables.Percent(pair.Second.Focus?.OnDigit),
            Tables.Percent(pair.First.Attack?.SuccessRate),
            Tables.Percent(pair.Second.Attack?.SuccessRate),
        ]));
    }

    private static void Print(SteeringCurve curve, TextWriter output)
    {
        output.WriteLine($"Feature {curve.Feature} added on {curve.Data}:");
        Tables.Write(output, ["added", "predictions changed", "most often to"], curve.Points.Select(point => (IReadOnlyList<string>)
        [
            point.Added.ToString("0.##", CultureInfo.InvariantCulture),
            Tables.Percent(point.FlipRate),
            point.Toward is { } predicted ? $"{predicted} ({Tables.Percent(point.Share)})" : "-",
        ]));
    }
}
