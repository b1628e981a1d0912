using Pentimento.Cli.Terminal;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Cli.Views;

/// <summary>Where the evidence of each network's and method's maps lies.</summary>
internal sealed class ExplainView : View<ExplainResult>
{
    /// <inheritdoc/>
    protected override void Print(ExplainResult result, TextWriter output)
    {
        foreach (var explained in result.Explanations)
        {
            Tables.Write(output, $"{explained.Network}, {Catalog.Write(explained.Method)} at {explained.Layer}", explained.Focus);
            if (explained.CompletenessGap is { } gap)
                output.WriteLine($"  the maps miss the logit gained over black by {Tables.Percent(gap)} of it, in the mean");
            if (explained.Caution is { } caution) output.WriteLine($"  Caution: {caution}");
        }
    }
}
