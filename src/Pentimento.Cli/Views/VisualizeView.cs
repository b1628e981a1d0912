using Pentimento.Cli.Terminal;
using Pentimento.Evaluation;
using Pentimento.Operations;

namespace Pentimento.Cli.Views;

/// <summary>How each picture compares with the real images.</summary>
internal sealed class VisualizeView : View<VisualizeResult>
{
    /// <inheritdoc/>
    protected override void Print(VisualizeResult result, TextWriter output)
    {
        Tables.Write(
            output,
            ["channel", "activation", "best real image", "path", "real path"],
            result.Images.Select(image => (IReadOnlyList<string>)
            [
                $"{image.Channel}", Numbers.Decimal(image.Activation, 2), Numbers.Decimal(image.BestReal, 2), Numbers.Decimal(image.Path, 2),
                Numbers.Decimal(image.RealPath, 2),
            ]));
        output.WriteLine(
            $"{result.Images.Count(image => image.BeatsBestReal)} of {result.Images.Count} pictures activate their channel more than the best real image.");
        output.WriteLine(result.Sheet);
    }
}
