using Pentimento.Cli.Terminal;
using Pentimento.Operations;

namespace Pentimento.Cli.Views;

/// <summary>Accuracies as a table.</summary>
internal sealed class EvaluateView : View<EvaluateResult>
{
    /// <inheritdoc/>
    protected override void Print(EvaluateResult result, TextWriter output) => Tables.Write(output, result.Evaluations);
}
