using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>The numbers inside a network: their first values, their layout, and their way in and out.</summary>
internal static class Weights
{
    /// <summary>Draws weights and biases from U(-1/√n, 1/√n), n the number of inputs: PyTorch's default.</summary>
    public static void Fill(Tensor weight, Tensor bias, int inputs, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var bound = 1 / Math.Sqrt(inputs);
        using var generator = seed.On(CPU);
        weight.copy_(((rand(weight.shape, float32, CPU, generator: generator) * 2) - 1) * bound);
        bias.copy_(((rand(bias.shape, float32, CPU, generator: generator) * 2) - 1) * bound);
    }

    /// <summary>Draws a weight from N(0, σ²).</summary>
    public static void FillNormal(Tensor weight, double deviation, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var generator = seed.On(CPU);
        weight.copy_(randn(weight.shape, float32, CPU, generator: generator) * deviation);
    }

    /// <summary>Draws the weights of linear layers from U(-√(6/(n+m)), √(6/(n+m))) for n inputs and m outputs; biases become 0.</summary>
    public static void Glorot(nn.Module network, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        foreach (var (name, weight) in network.named_parameters())
        {
            using var generator = seed.For(name).On(CPU);
            if (weight.dim() == 1)
            {
                weight.zero_();
                continue;
            }

            var bound = Math.Sqrt(6.0 / (weight.shape[0] + weight.shape[1]));
            weight.copy_(((rand(weight.shape, float32, CPU, generator: generator) * 2) - 1) * bound);
        }
    }

    /// <summary>Gives a parameter values that no training changes.</summary>
    public static void Freeze(Tensor parameter, Tensor values)
    {
        using var still = no_grad();
        parameter.copy_(values);
        parameter.requires_grad = false;
    }

    /// <summary>Lays a convolution's weight out channels-last, the layout in which images come.</summary>
    public static void ChannelsLast(Tensor weight)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        weight.set_(weight.detach().permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2));
    }

    /// <summary>All weights by PyTorch's names, row-major float32; the batches that a normalisation has counted are int64.</summary>
    public static IReadOnlyDictionary<string, NpyArray> Of(nn.Module network)
    {
        using var scope = NewDisposeScope();
        return network.state_dict().OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => Values(pair.Value));
    }

    /// <summary>Puts weights into a network.</summary>
    /// <exception cref="BadInputException">Names or shapes do not fit; the message lists them.</exception>
    public static void Put(nn.Module network, IReadOnlyDictionary<string, NpyArray> weights, string file)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        CheckNames(network, weights, file);
        foreach (var (name, place) in network.state_dict())
        {
            if (!weights.TryGetValue(name, out var given)) continue;
            Require.That(given.Shape.SequenceEqual(place.shape), $"{file}: {name} is {given}, expected ({string.Join(", ", place.shape)}).");
            place.copy_(Tensor(given, place.dtype, $"{file}, {name}").view(place.shape));
        }
    }

    /// <summary>Compares the names of weights with those of a network.</summary>
    /// <exception cref="BadInputException">They are not the same; the message lists what is missing and what is extra.</exception>
    public static void CheckNames(nn.Module network, IReadOnlyDictionary<string, NpyArray> weights, string file)
    {
        using var scope = NewDisposeScope();
        var places = network.state_dict().Keys;
        // PyTorch before 0.4.1 counted no batches, and the count changes no answer.
        var missing = places.Except(weights.Keys).Where(name => !name.EndsWith(".num_batches_tracked", StringComparison.Ordinal)).Order().ToList();
        var extra = weights.Keys.Except(places).Order().ToList();
        Require.That(
            missing.Count == 0 && extra.Count == 0,
            $"{file} does not fit {Named(network)}: missing {List(missing)}; not expected {List(extra)}.");
    }

    private static string Named(nn.Module module) =>
        module is Classifier network ? $"the network {Catalog.Write(network.Architecture)}" : $"the {Names.Kebab(module.GetName())}";

    private static NpyArray Values(Tensor value)
    {
        var still = value.detach().cpu().contiguous();
        return new(still.dtype == int64 ? still.data<long>().ToArray() : still.data<float>().ToArray(), value.shape);
    }

    private static Tensor Tensor(NpyArray array, ScalarType wanted, string name) => array.Data switch
    {
        float[] floats when wanted == float32 => tensor(floats),
        Half[] halves when wanted == float32 => tensor(Array.ConvertAll(halves, value => (float)value)),
        double[] doubles when wanted == float32 => tensor(Array.ConvertAll(doubles, value => PlainWeights.Single(value, name))),
        long[] counts when wanted == int64 => tensor(counts),
        _ => throw new BadInputException($"{name}: expected {(wanted == int64 ? "int64" : "floating-point weights")}, got {array}."),
    };

    private static string List(List<string> names) =>
        names.Count == 0 ? "nothing" : string.Join(", ", names.Take(12)) + (names.Count > 12 ? ", ..." : "");
}
