using Pentimento.Data;
namespace Pentimento.Painting;

/// <summary>Disturbs one image after another, keeping its buffers; one brush a thread.</summary>
/// <param name="shape">The size of the images.</param>
/// <param name="tier">How much they are disturbed.</param>
internal sealed class Brush(ImageShape shape, Tier tier)
{
    private readonly float[] noise = new float[(shape.Size + NormalNoise.Block - 1) / NormalNoise.Block * NormalNoise.Block];

    /// <summary>Draws strokes over a painted image, and adds noise to both.</summary>
    /// <param name="image">uint8 (H, W, 3).</param>
    /// <param name="seed">The image's own stream.</param>
    public void Disturb(Span<byte> image, Seed seed)
    {
        if (tier.StrokeProbability > 0) DrawStrokes(image, new(seed.For("strokes")));
        if (tier.NoiseProbability > 0) AddNoise(image, seed.For("noise"));
    }

    private void DrawStrokes(Span<byte> image, SplitMix64 dice)
    {
        if (dice.Uniform() >= tier.StrokeProbability) return;
        var strokes = tier.Strokes.Low + dice.Below(tier.Strokes.High - tier.Strokes.Low + 1);
        for (var stroke = 0; stroke < strokes; stroke++) Stroke.Random(shape, tier.Thickness, ref dice).Draw(image, shape);
    }

    private void AddNoise(Span<byte> image, Seed seed)
    {
        var dice = new SplitMix64(seed);
        if (dice.Uniform() >= tier.NoiseProbability) return;
        var deviation = (float)dice.Uniform(tier.Noise.Low, tier.Noise.High);
        NormalNoise.Fill(noise, seed.For("normals"));
        NormalNoise.Add(image, noise, deviation);
    }
}
