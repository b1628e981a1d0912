using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;

namespace Pentimento.Operations;

/// <summary>A job on one or several trained networks.</summary>
public abstract record NetworksOperation<TResult> : DataOperation<TResult> where TResult : class
{
    /// <summary>
    /// One or several, each an .onnx, a .safetensors written by pentimento, or weights (.safetensors, .pth, .npz) with --network; a name may
    /// stand before it, as in lazy=a.safetensors.
    /// </summary>
    [Argument]
    [Called("model")]
    public required IReadOnlyList<NetworkRef> Models { get; init; }

    /// <summary>The architecture of weights that do not name their own, e.g. cnn3.</summary>
    public Architecture? Network { get; init; }

    /// <summary>
    /// What is done to images in [0, 1] before the network reads them: imagenet, symmetric, caffe, none, or steps as mean=0.5,std=0.5.
    /// </summary>
    [Form("STEPS")]
    public Preprocess? Preprocess { get; init; }

    /// <inheritdoc/>
    internal override string? Note(Device device) =>
        Network is TorchScript ? "--network torchscript runs the code inside the file; do so only with files that you trust." : null;

    /// <summary>The names of the network's classes, in the order of its outputs: a file of one name a line, or a JSON list.</summary>
    [Input("FILE")]
    public string? Classes { get; init; }

    /// <summary>The same images with their classes numbered as a network's, after telling the user of a preprocessing with which it would
    /// answer better.</summary>
    /// <exception cref="BadInputException">The images or their classes do not fit the network.</exception>
    internal ImageSet Fitted(ImageSet set, Classifier network, RunContext run)
    {
        var fitted = NetworkOperation<TResult>.Fitted(set, network);
        if (Preprocess is null && PreprocessAdvice.Of(network, fitted, run) is { } advice) run.Notice(advice);
        return fitted;
    }

    /// <summary>Reads one network onto the run's device, in evaluation mode; the caller disposes it.</summary>
    internal Classifier Load(NetworkRef model, RunContext run) => NetworkOperation<TResult>.Load(model, Network, Preprocess, Classes, run);
}
