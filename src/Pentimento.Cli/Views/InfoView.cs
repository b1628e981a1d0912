using System.Text.Json;
using System.Text.Json.Nodes;
using Pentimento.Experiments;
using Pentimento.Foundation.Configuration;
using Pentimento.Cli.Terminal;
using Pentimento.Networks;

namespace Pentimento.Cli.Views;

/// <summary>A description as an indented list.</summary>
internal sealed class InfoView : View<InfoResult>
{
    /// <inheritdoc/>
    protected override void Print(InfoResult result, TextWriter output)
    {
        Print(JsonSerializer.SerializeToNode(result with { Cuts = null }, Json.Options)!.AsObject(), output, "");
        if (result.Cuts is not { } cuts) return;
        Tables.Write(
            output,
            ["cut", "activations", "role", "the rest needs"],
            cuts.Select(cut => (IReadOnlyList<string>)
            [
                cut.Name, string.Join('x', cut.Shape), Names.Kebab(cut.Role.ToString()).Replace('-', ' '),
                cut.Separating ? "it alone" : "the images too",
            ]));
        if (cuts.FirstOrDefault(cut => cut.Role == CutRole.LastMaps) is { } last)
            output.WriteLine($"Grad-CAM and its relatives look at {last.Name} unless --layer names another cut.");
    }

    private static void Print(JsonObject described, TextWriter output, string margin)
    {
        foreach (var (name, value) in described)
        {
            output.WriteLine(value is JsonObject ? $"{margin}{name}:" : $"{margin}{name}: {value}");
            if (value is JsonObject inner) Print(inner, output, margin + "  ");
        }
    }
}
