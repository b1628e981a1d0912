using System.ComponentModel.DataAnnotations;
using System.Runtime.InteropServices;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>A network that PyTorch traced or scripted; loading it runs the code inside. Without a file it is cnn3.</summary>
/// <remarks>
/// torch.jit of PyTorch. Its children are its cuts where calling them one after the other gives the whole to the last bit, as in ResNets; what has
/// ways around them, such as a transformer, is one piece with one cut.
/// </remarks>
[Called("torchscript")]
internal sealed record TorchScript : Architecture
{
    private const string NoFile = "none";

    /// <summary>The file of torch.jit.save, or none.</summary>
    public string File { get; init; } = NoFile;

    /// <summary>The height and width of the images that it was traced with.</summary>
    [Range(1, 4096)]
    public int Side { get; init; } = 224;

    /// <summary>The channels of these images: 1 or 3.</summary>
    [Range(1, 3)]
    public int Channels { get; init; } = 3;

    private bool HasFile => File is not ("" or NoFile);

    /// <inheritdoc/>
    internal override bool ComputesInBfloat16 => false;

    /// <inheritdoc/>
    internal override string Title => HasFile ? $"of {Path.GetFileName(File)}" : "torchscript";

    /// <inheritdoc/>
    internal override ImageShape? OwnShape => HasFile ? new(Side, Side, Channels) : null;

    /// <inheritdoc/>
    internal override Classifier Build(ImageShape shape, int classes, Seed seed) =>
        HasFile ? Load(this) : new Cnn3().Build(shape, classes, seed).As(this);

    /// <inheritdoc/>
    internal override Classifier? Open(string file) =>
        Path.GetExtension(file).ToLowerInvariant() is ".pt" or ".pth" ? Load(this with { File = file }) : null;

    /// <inheritdoc/>
    internal override (ImageShape Shape, int Classes) Infer(IReadOnlyDictionary<string, long[]> shapes)
    {
        if (!HasFile) return new Cnn3().Infer(shapes);
        using var network = Load(this);
        return (network.Shape, network.Classes);
    }

    /// <inheritdoc/>
    internal override long LeastWeights(ImageShape shape, int classes) => HasFile ? 0 : new Cnn3().LeastWeights(shape, classes);

    private static Classifier Load(TorchScript record)
    {
        Require.That(System.IO.File.Exists(record.File), $"There is no file {record.File}.");
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var shape = new ImageShape(record.Side, record.Side, record.Channels);
        try
        {
            var script = jit.load<Tensor, Tensor>(record.File);
            script.eval();
            using var generator = new Seed(0).On(CPU);
            var images = rand([2, shape.Channels, shape.Height, shape.Width], generator: generator);
            var whole = script.call(images);
            Require.That(
                whole.dim() == 2 && whole.shape[0] == 2,
                $"{record.File} answers two images with ({string.Join(", ", whole.shape)}); expected logits (2, K).");
            var nodes = ScriptChain.Of(script, "", Graph.Images, images, whole)
                ?? [ScriptChain.Whole(script, "network", Graph.Images, images, whole)];
            var last = nodes.LastOrDefault(node => node.Module?.parameters().Any() ?? false) ?? nodes[^1];
            return new(record, shape, (int)whole.shape[1], new Graph(nodes, nodes[^1].Outputs[0], last.Inputs[0]));
        }
        catch (ExternalException failure)
        {
            var reason = failure.Message.Split('\n').First(line => line.Length > 0).Trim().TrimEnd('.', ':');
            throw new BadInputException(
                $"{record.File} cannot be run as TorchScript on images of {shape}; say their side as torchscript:side={record.Side}: {reason}.",
                    failure);
        }
    }
}
