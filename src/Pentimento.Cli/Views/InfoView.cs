using System.Text.Json;
using System.Text.Json.Nodes;
using Pentimento.Experiments;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Cli.Views;

/// <summary>A description as an indented list.</summary>
internal sealed class InfoView : View<InfoResult>
{
    /// <inheritdoc/>
    protected override void Print(InfoResult result, TextWriter output) =>
        Print(JsonSerializer.SerializeToNode(result, Json.Options)!.AsObject(), output, "");

    private static void Print(JsonObject described, TextWriter output, string margin)
    {
        foreach (var (name, value) in described)
        {
            output.WriteLine(value is JsonObject ? $"{margin}{name}:" : $"{margin}{name}: {value}");
            if (value is JsonObject inner) Print(inner, output, margin + "  ");
        }
    }
}
