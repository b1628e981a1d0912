using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Operations;

/// <summary>Directions to project out, in an npz: <c>directions</c> (k, C) and, if they do not end at 0, <c>origin</c> (C).</summary>
internal static class ProjectionFile
{
    /// <summary>Reads directions float32 (k, C) and their origin float32 (C), on the processor.</summary>
    /// <param name="file">The npz.</param>
    /// <param name="layer">The cut, for messages.</param>
    /// <param name="inputs">C, the activations of a row of the cut.</param>
    /// <exception cref="BadInputException">An array is missing, or of another type or shape.</exception>
    public static (Tensor Directions, Tensor Origin) Read(string file, string layer, long inputs)
    {
        Require.That(File.Exists(file), $"There is no file {file}.");
        var arrays = Npz.Read(file, "directions", "origin");
        var directions = Values(
            "directions", shape => shape is [> 0, var width] && width == inputs && shape[0] <= inputs, $"(k, {inputs}), k at most {inputs}");
        var origin = arrays.ContainsKey("origin") ? Values("origin", shape => shape is [var width] && width == inputs, $"({inputs})") : zeros(inputs);
        return (directions, origin);

        Tensor Values(string name, Func<long[], bool> fits, string expected)
        {
            Require.That(
                arrays.TryGetValue(name, out var array) && array.Data is float[] or double[] && fits(array.Shape),
                $"{file}: expected '{name}' as floating-point numbers {expected} for {layer}.");
            var values = array.Data is double[] doubles ? Array.ConvertAll(doubles, value => (float)value) : (float[])array.Data;
            return tensor(values).view(array.Shape);
        }
    }
}
