using Pentimento.Data;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Networks;

/// <summary>A kind of network that can be built for any number of classes and any image size that fits.</summary>
[Family("networks")]
public abstract record Architecture
{
    /// <summary>Reads a SPEC: a name of the catalogue with its hyper-parameters.</summary>
    /// <exception cref="BadInputException">The name or a hyper-parameter is unknown, or a value is out of range.</exception>
    public static implicit operator Architecture(string spec) => Catalog.Read<Architecture>(spec);

    /// <summary>Builds the network in evaluation mode with fresh weights; the caller disposes it.</summary>
    /// <param name="shape">The images it reads.</param>
    /// <param name="classes">How many logits it answers with.</param>
    /// <param name="seed">Decides the weights.</param>
    /// <exception cref="BadInputException">The images are too small.</exception>
    internal abstract Classifier Build(ImageShape shape, int classes, Seed seed);

    /// <summary>Reads image size and number of classes off weights that do not say.</summary>
    /// <param name="shapes">The shape of each tensor, by PyTorch's names.</param>
    /// <exception cref="BadInputException">A tensor that tells is missing.</exception>
    internal abstract (ImageShape Shape, int Classes) Infer(IReadOnlyDictionary<string, long[]> shapes);

    /// <summary>The record with what weights decide beyond sizes, such as the kind of the first layer.</summary>
    /// <param name="shapes">The shape of each tensor, by PyTorch's names.</param>
    internal virtual Architecture FittedTo(IReadOnlyDictionary<string, long[]> shapes) => this;

    /// <summary>Whether all of its operations were tried in bfloat16: libtorch ends the process over some that exist in float32 only.</summary>
    internal virtual bool ComputesInBfloat16 => true;

    /// <summary>Reads a file that holds the whole network, in evaluation mode; the caller disposes it.</summary>
    /// <param name="file">The file.</param>
    /// <returns>Null where a file holds weights, which are put into the network that is built.</returns>
    internal virtual Classifier? Open(string file) => null;

    /// <summary>The images that it reads, where a file of its own says so.</summary>
    internal virtual ImageShape? OwnShape => null;

    /// <summary>What messages call it: its SPEC, or something shorter.</summary>
    internal virtual string Title => Catalog.Write(this);

    /// <summary>How many numbers the network has at least, without building it; 0 where that is not known.</summary>
    /// <param name="shape">The images it reads.</param>
    /// <param name="classes">How many logits it answers with.</param>
    internal virtual long LeastWeights(ImageShape shape, int classes) => 0;

    /// <summary>Checks that the tensors that tell are there.</summary>
    /// <param name="shapes">The shape of each tensor.</param>
    /// <param name="tells">Each one's name and number of dimensions.</param>
    /// <exception cref="BadInputException">One is missing or of another kind.</exception>
    protected void Expect(IReadOnlyDictionary<string, long[]> shapes, params ReadOnlySpan<(string Name, int Dimensions)> tells)
    {
        foreach (var (name, dimensions) in tells)
            Require.That(
                shapes.GetValueOrDefault(name)?.Length == dimensions,
                $"The weights of {new Member(GetType()).Name} have {name} in {dimensions} dimensions; these have "
                    + $"{string.Join(", ", shapes.Keys.Take(12))}."
            );
    }
}
