using Pentimento.Cli.Terminal;
using Pentimento.Discovery;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Cli.Views;

/// <summary>An audit's verdict with the counts behind it.</summary>
internal sealed class AuditView : View<AuditResult>
{
    /// <inheritdoc/>
    protected override void Print(AuditResult result, TextWriter output)
    {
        output.WriteLine(result.Verdict);
        foreach (var part in result.Parts) Print(result, part, output);
        if (result is { Method: { } method, Focus: { } focus }) Tables.Write(output, Catalog.Write(method), focus);
        if (result.Suspect is { } suspect) Print(result, suspect, output);
        output.WriteLine($"Accuracy on {result.Data}: {result.Accuracy}.");
    }

    private static void Print(AuditResult result, Recoloring recoloring, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"The {recoloring.Recolored} of {Numbers.Counted(result.Count, "image")} in every colour:");
        output.WriteLine(
            $"  another prediction: {Tables.Percent(recoloring.FlipRate)} of recolourings "
                + $"({Tables.Percent(recoloring.Low)} to {Tables.Percent(recoloring.High)})");
        if (recoloring.Test is { } test)
        {
            output.WriteLine(
                $"  predictions that follow the colour: {Part(test.Followed)} of what is possible; control, {test.Control.Kind}:"
                    + $" {Part(test.Control.Interval)}; the colours at one brightness: {Part(test.EqualLight)}");
            output.WriteLine(
                $"  right whatever the colour: {test.Shape}; the same when recoloured in its own colour: {test.Kept}"
                    + $"{(test.Spared is { } spared ? $"; errors spared in the colour that suits each class best: {Part(spared)}" : "")}");
        }

        output.WriteLine($"  another prediction in some colour: {recoloring.EverFlipped}");
        output.WriteLine($"  correct before and wrong in some colour: {recoloring.CorrectFlipped}");
        if (recoloring.Shares is { } shares)
            output.WriteLine($"  variance of the logits: colour {Part(shares.Color)}, shape {Part(shares.Shape)}, both together {Part(shares.Both)}");
        output.WriteLine("For each class the colour in which it is predicted most, and its share of all images in that colour:");
        Tables.Write(output, ["class", "colour", "share"], recoloring.Winners.Select(winner =>
            (IReadOnlyList<string>)[$"{winner.Digit}", winner.Color, Tables.Percent(winner.Share)]));
    }

    private static void Print(AuditResult result, Suspect suspect, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"Another prediction with the cue of any other image: {Tables.Percent(result.FlipRate)} "
            + $"({Tables.Percent(result.Low)} to {Tables.Percent(result.High)})");
        output.WriteLine($"Predictions that follow the donor: {Part(new(suspect.Followed, suspect.Low, suspect.High))}; control, "
            + $"{suspect.Control.Kind}: {Part(suspect.Control.Interval)}");
        Tables.Write(output, ["donor's class", "become it", "95% interval"], suspect.Classes.Select(one =>
            (IReadOnlyList<string>)[$"{one.Class}", Tables.Percent(one.Followed), $"{Tables.Percent(one.Low)} to {Tables.Percent(one.High)}"]));
    }

    private static string Part(ConfidenceInterval share) =>
        $"{Tables.Percent(share.Value)} ({Tables.Percent(share.Low)} to {Tables.Percent(share.High)})";
}
