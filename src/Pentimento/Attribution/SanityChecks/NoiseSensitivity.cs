using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution.SanityChecks;

/// <summary>Max-sensitivity of an attribution method: the largest relative change of a map under imperceptible noise.</summary>
/// <remarks>Yeh et al., 2019, "On the (in)fidelity and sensitivity of explanations", arXiv:1901.09392, definition 2: the largest change,
/// relative to the map.</remarks>
/// <param name="Method">The attribution method.</param>
/// <param name="Value">The mean over images of the largest change's length over the map's length; 0 is a map that does not change.</param>
public sealed record NoiseSensitivity(AttributionMethod Method, double Value)
{
    private const double Radius = 0.02;
    private const int Draws = 10;

    /// <summary>Estimates max-sensitivity by ten draws of uniform noise of at most 0.02 a pixel.</summary>
    /// <param name="method">The method.</param>
    /// <param name="maps">float32 (N, h, w), the maps without noise.</param>
    /// <param name="network">The network explained.</param>
    /// <param name="set">The images.</param>
    /// <param name="targets">int64 (N), the classes explained.</param>
    /// <param name="layer">The cut to whose activations the method attributes.</param>
    /// <param name="run">Device, seed (which determines the noise), progress and cancellation.</param>
    internal static NoiseSensitivity Of(
        AttributionMethod method,
        Tensor maps,
        Classifier network,
        ImageSet set,
        long[] targets,
        string layer,
        RunContext run)
    {
        using var scope = NewDisposeScope();
        var device = run.Device.ToTorch();
        var images = Pixels.Slice(set.Tensor(), 0, set.Count).to(device);
        var (before, worst) = (maps.cpu(), zeros(set.Count));
        using var generator = run.Seed.For("sensitivity").On(device);
        for (var draw = 0; draw < Draws; draw++)
        {
            using var inner = NewDisposeScope();
            var noisy = images + (((rand(images.shape, float32, device, generator: generator) * 2) - 1) * Radius);
            Tensor Batch(int start, int size) => noisy.slice(0, start, Math.Min(start + size, set.Count), 1);
            var change = method.ExplainAll(network, set.Count, Batch, targets, set.Name, layer, run.Part(draw, 1, Draws)) - before;
            worst = maximum(worst, change.square().sum([1, 2]).sqrt()).MoveToOuterDisposeScope();
            run.Report(new("sensitivity", draw + 1, Draws));
        }

        var sizes = before.square().sum([1, 2]).sqrt();
        // A map of zeros has no norm to measure a change in.
        var some = sizes.gt(0);
        return new(method, some.any().item<bool>() ? (worst / sizes).masked_select(some).mean().item<float>() : 0);
    }
}
