using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;

namespace Pentimento.Sparse;

/// <summary>Serialization of autoencoders as safetensors; the header holds the kind, the layer, the network and the training recipe.</summary>
internal static class AutoencoderFile
{
    private const string Format = "pentimento-autoencoder";

    /// <summary>Writes an autoencoder.</summary>
    /// <param name="file">Where to.</param>
    /// <param name="autoencoder">The weights.</param>
    /// <param name="layer">The cut whose activations it encodes.</param>
    /// <param name="recipe">The training recipe, as JSON.</param>
    /// <param name="network">The <see cref="WeightHash"/> of the network that has the cut; empty where activations came from elsewhere.</param>
    public static void Write(string file, Autoencoder autoencoder, string layer, string recipe, string network = "")
    {
        SafeTensors.Write(file, Weights.Of(autoencoder), new Dictionary<string, string>
        {
            ["format"] = Format,
            ["autoencoder"] = Catalog.Write(autoencoder.Variant),
            ["layer"] = layer,
            ["inputs"] = autoencoder.Inputs.ToString(CultureInfo.InvariantCulture),
            ["features"] = autoencoder.Features.ToString(CultureInfo.InvariantCulture),
            ["recipe"] = recipe,
            ["network"] = network,
        });
    }

    /// <summary>Whether a file of safetensors holds an autoencoder, from its header.</summary>
    /// <exception cref="BadInputException">The header is malformed.</exception>
    public static bool Holds(string file) => SafeTensors.Metadata(file).GetValueOrDefault("format") == Format;

    /// <summary>The cut whose activations an autoencoder encodes, from its header; empty where it is not stored.</summary>
    /// <exception cref="BadInputException">There is no such file, or its header is malformed.</exception>
    public static string Layer(string file)
    {
        Require.That(File.Exists(file), $"There is no file {file}.");
        return SafeTensors.Metadata(file).GetValueOrDefault("layer", "");
    }

    /// <summary>The <see cref="WeightHash"/> of the network whose activations an autoencoder learned from; empty where it is not stored.</summary>
    /// <exception cref="BadInputException">The header is malformed.</exception>
    public static string Learned(string file) => SafeTensors.Metadata(file).GetValueOrDefault("network", "");

    /// <summary>What must be said of an autoencoder that learned from a network of other weights; null where it did not, or the file does not
    /// say.</summary>
    /// <exception cref="BadInputException">The header is malformed.</exception>
    public static string? Caution(string file, Classifier network) => Learned(file) is { Length: > 0 } learned && learned != WeightHash.Of(network)
        ? $"{file} learned from {Layer(file)} of a network with other weights than this one: its features may stand for nothing here." : null;

    /// <summary>The training recipe of an autoencoder, from its header; empty where it is not stored.</summary>
    /// <exception cref="BadInputException">The header is malformed.</exception>
    public static JsonObject Recorded(string file)
    {
        Require.That(File.Exists(file), $"There is no file {file}.");
        try
        {
            return JsonText.Parse(Encoding.UTF8.GetBytes(SafeTensors.Metadata(file).GetValueOrDefault("recipe", "{}"))) as JsonObject ?? [];
        }
        catch (JsonException failure)
        {
            throw new BadInputException($"{file}: the header's recipe is not JSON: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
    }

    /// <summary>Checks that an autoencoder's input dimension is that of a network's layer.</summary>
    /// <exception cref="BadInputException">It does not.</exception>
    public static void Fits(string file, Autoencoder autoencoder, Classifier network, string layer)
    {
        var inputs = CutActivations.Inputs(network, layer);
        Require.That(inputs == autoencoder.Inputs, $"{file} takes {autoencoder.Inputs} inputs apart, {layer} of the network has {inputs}.");
    }

    /// <summary>Reads an autoencoder and the layer whose activations it encodes; the caller disposes it.</summary>
    /// <exception cref="BadInputException">The file is malformed, or holds something else.</exception>
    public static (Autoencoder Autoencoder, string Layer) Read(string file)
    {
        Require.That(File.Exists(file), $"There is no file {file}.");
        var (tensors, metadata) = SafeTensors.Read(file);
        Require.That(
            metadata.GetValueOrDefault("format") == Format && metadata.ContainsKey("autoencoder"),
            $"{file} holds no autoencoder; 'pentimento decompose' writes one.");
        var variant = Catalog.Read<Variant>(metadata["autoencoder"]);
        Require.That(tensors.TryGetValue("encoder", out var encoder) && encoder.Shape is [> 0, > 0], $"{file} has no encoder (C, F).");
        var autoencoder = new Autoencoder(variant, encoder.Shape[0], encoder.Shape[1]);
        try
        {
            Weights.Put(autoencoder, tensors, file);
        }
        catch (BadInputException)
        {
            autoencoder.Dispose();
            throw;
        }

        foreach (var parameter in autoencoder.parameters()) parameter.requires_grad = false;
        return (autoencoder, metadata.GetValueOrDefault("layer", ""));
    }
}
