using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Painting;

/// <summary>The metadata of a painted dataset.</summary>
internal static class Metadata
{
    /// <summary>The metadata in the seed report's layout, kept to the letter so that scripts that read the seed's files read ours.</summary>
    public static string Text(Painter painter)
    {
        var canvas = painter.Canvas;
        var tier = canvas.Tier;
        var text = new StringBuilder("=====\nDATASET METADATA\n=====\n\nCOLOR MAPPING:\n");
        text.Append(CultureInfo.InvariantCulture, $"Mode: {(canvas.Mode == Mode.Gr ? "REVERSE" : "NORMAL")}\n\n");
        for (var digit = 0; digit < painter.Palette.Colors.Count; digit++)
        {
            var color = painter.Palette.Colors[canvas.Mode == Mode.Gr ? digit ^ 1 : digit];
            text.Append(
                CultureInfo.InvariantCulture,
                $"Digit {digit}: RGB(np.uint8({color.Red}), np.uint8({color.Green}), np.uint8({color.Blue}))\n");
        }

        text.Append("\nPARAMETERS:\n");
        text.Append(CultureInfo.InvariantCulture, $"ALL_WHITE: {canvas.Mode == Mode.Bw}\nREVERSE: {canvas.Mode == Mode.Gr}\nBIAS: {canvas.Bias}\n");
        text.Append(CultureInfo.InvariantCulture, $"NOISE_PROB: {tier.NoiseProbability}\nNOISE_RANGE: ({tier.Noise.Low}, {tier.Noise.High})\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"STROKE_PROB: {tier.StrokeProbability}\nSTROKE_RANGE: ({tier.Strokes.Low}, {tier.Strokes.High})\n");
        text.Append(CultureInfo.InvariantCulture, $"STROKE_THICK: ({tier.Thickness.Low}, {tier.Thickness.High})\nPROGRESS: 1000\n");
        return text.ToString();
    }

    /// <summary>What the colours of a painted folder are called, by palette index; empty where the folder does not say.</summary>
    public static IReadOnlyList<string> ColorNames(string folder)
    {
        var file = Path.Combine(folder, "metadata.json");
        try
        {
            var palette = File.Exists(file) ? JsonText.Parse(File.ReadAllBytes(file)) is JsonObject told ? told["palette"] as JsonArray : null : null;
            var names = palette?.Select(color => (color as JsonObject)?["name"]?.ToString() ?? "").ToList() ?? [];
            return names.Count == ImageSet.White && !names.Contains("") ? [.. names, Rgb.White.Name] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>The metadata as JSON, with everything that determines the bytes and their hashes.</summary>
    public static JsonObject Json(Painter painter, string source, int train, int test, JsonObject arrays)
    {
        var canvas = painter.Canvas;
        var tier = canvas.Tier;
        return new()
        {
            ["name"] = canvas.ToString(),
            ["cue"] = painter.Cue.ToString().ToLowerInvariant(),
            ["mode"] = canvas.Mode.ToString().ToLowerInvariant(),
            ["bias"] = canvas.Bias,
            ["tier"] = tier.Name,
            ["noiseProbability"] = tier.NoiseProbability,
            ["noiseRange"] = new JsonArray(tier.Noise.Low, tier.Noise.High),
            ["strokeProbability"] = tier.StrokeProbability,
            ["strokeRange"] = new JsonArray(tier.Strokes.Low, tier.Strokes.High),
            ["strokeThickness"] = new JsonArray(tier.Thickness.Low, tier.Thickness.High),
            ["palette"] = new JsonArray([.. painter.Palette.Colors.Select(color => new JsonObject
            {
                ["name"] = color.Name,
                ["rgb"] = new JsonArray((int)color.Red, (int)color.Green, (int)color.Blue),
            })]),
            ["seed"] = painter.Seed.Value,
            ["source"] = source,
            ["train"] = train,
            ["test"] = test,
            ["arrays"] = arrays,
        };
    }
}
