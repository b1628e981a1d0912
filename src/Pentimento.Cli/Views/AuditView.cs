using Pentimento.Cli.Terminal;
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
        var recoloring = result.Recoloring;
        output.WriteLine(result.Verdict);
        output.WriteLine();
        output.WriteLine($"The {recoloring.Recolored} of {result.Count:N0} images in every colour:");
        output.WriteLine($"  another prediction: {Tables.Percent(result.FlipRate)} of recolourings ({Tables.Percent(result.Low)} to {Tables.Percent(result.High)})");
        output.WriteLine($"  another prediction in some colour: {recoloring.EverFlipped}");
        output.WriteLine($"  correct before and wrong in some colour: {recoloring.CorrectFlipped}");
        if (recoloring.Shares is { } shares)
            output.WriteLine($"  variance of the logits: colour {Part(shares.Color)}, shape {Part(shares.Shape)}, both together {Part(shares.Both)}");
        Tables.Write(output, ["class", "predicted most in", "share of all images in that colour"], recoloring.Winners.Select(winner =>
            (IReadOnlyList<string>)[$"{winner.Digit}", winner.Color, Tables.Percent(winner.Share)]));
        Tables.Write(output, Catalog.Write(result.Method), result.Focus);
        output.WriteLine($"Accuracy on {result.Data}: {result.Accuracy}.");
    }

    private static string Part(ConfidenceInterval share) =>
        $"{Tables.Percent(share.Value)} ({Tables.Percent(share.Low)} to {Tables.Percent(share.High)})";
}
