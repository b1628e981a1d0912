using Pentimento.Cli.Terminal;
using Pentimento.Evaluation;
using Pentimento.Operations;

namespace Pentimento.Cli.Views;

/// <summary>How an autoencoder trained, and what it keeps.</summary>
internal sealed class DecomposeView : View<DecomposeResult>
{
    private const int MostLines = 10;

    /// <inheritdoc/>
    protected override void Print(DecomposeResult result, TextWriter output)
    {
        var every = Math.Max(1, result.History.Count / MostLines);
        Tables.Write(
            output,
            ["epoch", "loss", "unexplained", "active", "dead", "seconds"],
            result.History.Where(epoch => epoch.Epoch % every == 0).Select(epoch => (IReadOnlyList<string>)
            [
                $"{epoch.Epoch}",
                $"{epoch.Loss:0.000}",
                Tables.Percent(epoch.Fvu), $"{epoch.L0:0.0}", Tables.Percent(epoch.Dead), $"{epoch.Seconds:0.0}",
            ]));
        output.WriteLine(
            $"{Numbers.Counted(result.Features, "feature")} of {Numbers.Counted(result.Inputs, "input")}, "
                + $"learned from {Numbers.Counted(result.Rows, "row")},"
                + $" measured on {result.HeldOut:N0} others.");
        output.WriteLine(
            $"Unexplained: {Tables.Percent(result.Fvu)} of the variance, with {result.L0:0.0} active features of a row;"
                + $" {Tables.Percent(result.Dead)} of the features are dead.");
        if (result.Inserted is { } inserted)
        {
            output.WriteLine(
                $"In the network: {Tables.Percent(inserted.RecoveredFromZero)} of the loss recovered"
                    + $" (from the mean: {Tables.Percent(inserted.RecoveredFromMean)});");
            output.WriteLine(
                $"  accuracy {Tables.Percent(inserted.Accuracy)}, with the reconstruction {Tables.Percent(inserted.AccuracyInserted)}.");
        }

        if (result.Stability is { } stability)
        {
            output.WriteLine(
                $"Over {stability.Seeds} seeds: mean cosine of paired features {stability.Cosine:0.000};"
                    + $" {Tables.Percent(stability.Same)} of the pairs at least 0.9.");
        }
    }
}
