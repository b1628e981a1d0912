using Pentimento.Painting;
using static TorchSharp.torch;

namespace Pentimento.Training.Augmentations;

/// <summary>One tier drawn for each image of a step, and numbers drawn as it says.</summary>
internal sealed class TierDraw
{
    private readonly IReadOnlyList<Tier> tiers;
    private readonly Tensor drawn;
    private readonly Generator dice;

    /// <summary>Draws a tier for each image.</summary>
    /// <param name="names">The tiers' names joined by hyphens.</param>
    /// <param name="images">How many images.</param>
    /// <param name="device">Where they live.</param>
    /// <param name="dice">Where numbers come from.</param>
    /// <exception cref="BadInputException">There is no such tier.</exception>
    public TierDraw(string names, long images, TorchSharp.torch.Device device, Generator dice)
    {
        var known = Tier.All.Select(tier => tier.Name).ToList();
        var wanted = names.Split('-', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var unknown = wanted.FirstOrDefault(name => !known.Contains(name));
        Require.That(
            wanted.Length > 0 && unknown is null,
            $"'{names}' names no tiers joined by hyphens, as in z-m-h; {Names.Suggest(unknown ?? "", known)}");
        (tiers, this.dice) = ([.. wanted.Select(Tier.Parse)], dice);
        drawn = (rand(images, float32, device, generator: dice) * tiers.Count).floor().clamp(max: tiers.Count - 1).to_type(int64);
    }

    /// <summary>The most that any of the tiers has of something.</summary>
    public int Most(Func<Tier, int> of) => tiers.Max(of);

    /// <summary>1 for each image to which a thing of its tier's probability happens, else 0: float32 (N).</summary>
    public Tensor Happens(Func<Tier, double> probability) => Uniform().lt(Each(probability)).to_type(float32);

    /// <summary>A uniform number of each image's tier's range, float32 (N).</summary>
    public Tensor Between(Func<Tier, double> low, Func<Tier, double> high) => Each(low) + (Uniform() * (Each(high) - Each(low)));

    private Tensor Uniform() => rand(drawn.shape[0], float32, drawn.device, generator: dice);

    private Tensor Each(Func<Tier, double> of) =>
        tensor(tiers.Select(tier => (float)of(tier)).ToArray(), device: drawn.device).index_select(0, drawn);
}
