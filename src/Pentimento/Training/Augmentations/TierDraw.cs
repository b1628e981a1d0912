using Pentimento.Painting;
using static TorchSharp.torch;

namespace Pentimento.Training.Augmentations;

/// <summary>A random tier for each image of a batch, and draws from its distributions.</summary>
internal sealed class TierDraw
{
    private readonly IReadOnlyList<Tier> tiers;
    private readonly Tensor drawn;
    private readonly Generator generator;

    /// <summary>Draws a tier for each image.</summary>
    /// <param name="names">The tiers' names joined by hyphens.</param>
    /// <param name="images">Number of images.</param>
    /// <param name="device">The device of the tensors.</param>
    /// <param name="generator">The generator of random numbers.</param>
    /// <exception cref="BadInputException">There is no such tier.</exception>
    public TierDraw(string names, long images, TorchSharp.torch.Device device, Generator generator)
    {
        var known = Tier.All.Select(tier => tier.Name).ToList();
        var wanted = names.Split('-', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var unknown = wanted.FirstOrDefault(name => !known.Contains(name));
        Require.That(
            wanted.Length > 0 && unknown is null,
            $"'{names}' names no tiers joined by hyphens, as in z-m-h; {Names.Suggest(unknown ?? "", known)}");
        (tiers, this.generator) = ([.. wanted.Select(Tier.Parse)], generator);
        drawn = (rand(images, float32, device, generator: generator) * tiers.Count).floor().clamp(max: tiers.Count - 1).to_type(int64);
    }

    /// <summary>The maximum of a property over the tiers.</summary>
    public int Max(Func<Tier, int> of) => tiers.Max(of);

    /// <summary>Bernoulli draws with the probability of each image's tier, 0 or 1: float32 (N).</summary>
    public Tensor Bernoulli(Func<Tier, double> probability) => Uniform().lt(Each(probability)).to_type(float32);

    /// <summary>Uniform draws from the range of each image's tier, float32 (N).</summary>
    public Tensor Uniform(Func<Tier, double> low, Func<Tier, double> high) => Each(low) + (Uniform() * (Each(high) - Each(low)));

    private Tensor Uniform() => rand(drawn.shape[0], float32, drawn.device, generator: generator);

    private Tensor Each(Func<Tier, double> of) =>
        tensor(tiers.Select(tier => (float)of(tier)).ToArray(), device: drawn.device).index_select(0, drawn);
}
