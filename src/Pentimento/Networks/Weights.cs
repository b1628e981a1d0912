using Pentimento.Data;
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
        using var dice = seed.On(CPU);
        weight.copy_(((rand(weight.shape, float32, CPU, generator: dice) * 2) - 1) * bound);
        bias.copy_(((rand(bias.shape, float32, CPU, generator: dice) * 2) - 1) * bound);
    }

    /// <summary>Lays a convolution's weight out channels-last, the layout in which images come.</summary>
    public static void ChannelsLast(Tensor weight)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        weight.set_(weight.detach().permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2));
    }

    /// <summary>All weights by PyTorch's names, row-major float32.</summary>
    public static IReadOnlyDictionary<string, NpyArray> Of(nn.Module network)
    {
        using var scope = NewDisposeScope();
        return network.state_dict().OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .ToDictionary(pair => pair.Key, pair => new NpyArray(pair.Value.detach().cpu().contiguous().data<float>().ToArray(), pair.Value.shape));
    }

    /// <summary>Puts weights into a network.</summary>
    /// <exception cref="BadInputException">Names or shapes do not fit; the message lists what is missing and what is extra.</exception>
    public static void Put(nn.Module network, IReadOnlyDictionary<string, NpyArray> weights, string file)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var places = network.state_dict();
        var missing = places.Keys.Except(weights.Keys).Order().ToList();
        var extra = weights.Keys.Except(places.Keys).Order().ToList();
        Require.That(
            missing.Count == 0 && extra.Count == 0,
            $"{file} does not fit {Named(network)}: missing {List(missing)}; not expected {List(extra)}.");
        foreach (var (name, place) in places)
        {
            var given = weights[name];
            Require.That(given.Shape.SequenceEqual(place.shape), $"{file}: {name} is {given}, expected ({string.Join(", ", place.shape)}).");
            place.copy_(tensor(Floats(given, $"{file}, {name}")).view(place.shape));
        }
    }

    private static string Named(nn.Module module) => module is Classifier network ? $"the network {Catalog.Write(network.Architecture)}" : $"the {Words.Kebab(module.GetName())}";

    private static float[] Floats(NpyArray array, string name) => array.Data switch
    {
        float[] floats => floats,
        double[] doubles => Array.ConvertAll(doubles, value => (float)value),
        _ => throw new BadInputException($"{name}: expected floating-point weights, got {array}."),
    };

    private static string List(List<string> names) => names.Count == 0 ? "nothing" : string.Join(", ", names.Take(12)) + (names.Count > 12 ? ", ..." : "");
}
