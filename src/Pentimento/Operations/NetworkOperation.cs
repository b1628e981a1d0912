using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;

namespace Pentimento.Operations;

/// <summary>A job on one trained network.</summary>
public abstract record NetworkOperation<TResult> : DataOperation<TResult> where TResult : class
{
    /// <summary>An .onnx, a .safetensors written by pentimento, or weights (.safetensors, .pth, .npz) with --network.</summary>
    [Argument]
    public required NetworkRef Model { get; init; }

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

    /// <summary>Reads the network onto the run's device, in evaluation mode; the caller disposes it.</summary>
    /// <param name="run">Where tensors live.</param>
    /// <param name="cuts">Cuts that are asked for; names such as <c>pool3-flat</c> are added to the network.</param>
    internal Classifier Load(RunContext run, params IEnumerable<string> cuts) =>
        Load(Model, Network, Preprocess, Classes, run, cuts);

    /// <summary>The one set that a reference means, its classes numbered as the network's.</summary>
    /// <exception cref="BadInputException">The images or their classes do not fit the network.</exception>
    internal ImageSet Find(DataRef data, Split split, Classifier network, RunContext run) =>
        Advised(Fitted(Find(data, split, network.Shape, run), network), network, run);

    /// <summary>All sets that references mean, their classes numbered as the network's.</summary>
    /// <exception cref="BadInputException">The images or their classes do not fit the network.</exception>
    internal IReadOnlyList<ImageSet> FindAll(IEnumerable<DataRef> data, Split split, Classifier network, RunContext run)
    {
        var sets = data.SelectMany(one => Library(run).For(network.Shape).FindAll(one.Text, split, Limit, run));
        return [.. sets.Select(set => Fitted(set, network)).Select((set, at) => at == 0 ? Advised(set, network, run) : set)];
    }

    /// <summary>The same images, after telling the user of a preprocessing with which the network would answer better.</summary>
    private ImageSet Advised(ImageSet set, Classifier network, RunContext run)
    {
        if (Preprocess is null && PreprocessAdvice.Of(network, set, run) is { } advice) run.Notice(advice);
        return set;
    }

    /// <summary>The same images, their classes numbered as the network's.</summary>
    /// <exception cref="BadInputException">The images or their classes do not fit the network.</exception>
    internal static ImageSet Fitted(ImageSet set, Classifier network)
    {
        var fitted = ClassAgreement.Fitted(network, set);
        ClassAgreement.Check(network, fitted);
        return fitted;
    }

    internal static Classifier Load(
        NetworkRef model,
        Architecture? architecture,
        Preprocess? preprocess,
        string? classes,
        RunContext run,
        params IEnumerable<string> cuts)
    {
        IReadOnlyList<string> names = classes is null ? [] : ClassNames.Read(classes);
        var network = ModelFile.Read(model.File, architecture, preprocess).On(run.Device);
        if (names.Count > 0) network = network.Named(names, classes!);
        network.Source = $"{Path.GetFullPath(model.File)} {architecture} {preprocess}";
        return cuts.Aggregate(network, Flattened.With);
    }
}
