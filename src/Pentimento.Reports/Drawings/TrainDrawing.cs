using Pentimento.Operations;
using Pentimento.Reports.Figures;
using Pentimento.Training;

namespace Pentimento.Reports.Drawings;

/// <summary>A training's curves, in the folder beside its model, after every epoch.</summary>
internal sealed class TrainDrawing : Drawing<Train, TrainResult>
{
    /// <inheritdoc/>
    protected override Train Follow(Train operation) => operation with { AfterEpoch = history => Draw(operation, history) };

    /// <inheritdoc/>
    protected override void Draw(Train operation, TrainResult result) => Draw(operation, result.History);

    private static void Draw(Train operation, IReadOnlyList<EpochRecord> history)
    {
        var curves = TrainingCurves.Of(Path.GetFileNameWithoutExtension(operation.Out), history);
        foreach (var figure in (Figure[])[curves.Loss, curves.Accuracy]) figure.Save(Path.ChangeExtension(Path.GetFullPath(operation.Out), null));
    }
}
