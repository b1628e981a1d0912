using Pentimento.Cli.Terminal;
using Pentimento.Operations;

namespace Pentimento.Cli.Views;

/// <summary>The epochs of a training, then the kept network on every evaluated set.</summary>
internal sealed class TrainView : View<TrainResult>
{
    /// <inheritdoc/>
    protected override void Print(TrainResult result, TextWriter output)
    {
        Tables.Write(output, ["epoch", "loss", "training accuracy", "seconds", "sets"], result.History.Select(epoch => (IReadOnlyList<string>)
        [
            $"{epoch.Epoch}", $"{epoch.Loss:0.0000}", Tables.Percent(epoch.Accuracy), $"{epoch.Seconds:0.0}",
            string.Join("  ", epoch.Evaluations.Select(set => $"{set.Data} {Tables.Percent(set.Accuracy)}")),
        ]));
        if (result.Evaluations.Count > 0) Tables.Write(output, result.Evaluations);
        if (result.Split is { } split)
            output.WriteLine($"Environments: {split.Correct:N0} images that the given network predicts correctly, and {split.Wrong:N0} errors.");
        output.WriteLine($"Kept: {result.Selected}. Supervision: {result.Supervision}.");
    }
}
