using Pentimento.Attacks;
using Pentimento.Cli.Terminal;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Cli.Views;

/// <summary>The success rate of an attack, the size of its perturbations, and what they consist of.</summary>
internal sealed class AttackImagesView : View<AttackResult>
{
    /// <inheritdoc/>
    protected override void Print(AttackResult result, TextWriter output)
    {
        var criterion = result.Criterion == Criterion.Any ? "to any wrong class" : $"to {result.Criterion}";
        output.WriteLine($"{Catalog.Write(result.Attack)} on {result.Data}, {criterion}.");
        output.WriteLine(
            $"Fooled: {Tables.Percent(result.SuccessRate)} ({Tables.Percent(result.Low)} to {Tables.Percent(result.High)})"
                + $" of {Numbers.Counted(result.Count, "image")} that were predicted correctly before; {result.Attacked:N0} attacked.");
        if (result.MedianL2 is { } l2)
        {
            output.WriteLine(
                $"Median perturbation of the fooled: L2 {Numbers.Decimal(l2, 3)}, Linf {Numbers.Decimal(result.MedianLinf, 4)};"
                    + $" mean probability of the wrong class {Tables.Percent(result.Confidence)}.");
        }

        if (result.Split is { } split)
        {
            output.WriteLine(
                $"Of the perturbation {Tables.Percent(split.Color)} shifts the colour of stroke or background evenly, the rest the shape;"
                    + $" {Tables.Percent(split.OnStroke)} lies on the stroke, which is {Tables.Percent(split.StrokeArea)} of the image.");
        }

        if (result.RobustnessCurve is { } curve)
        {
            output.WriteLine(
                $"Smallest perturbation in {curve.Norm}, from the easiest tenth of the images to the hardest: "
                    + string.Join(", ", curve.Deciles.Select(decile => decile is { } size ? Numbers.Decimal(size, 3) : "-")) + ".");
        }

        foreach (var warning in result.Warnings) output.WriteLine(warning);
    }
}
