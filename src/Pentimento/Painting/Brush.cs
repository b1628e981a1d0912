using Pentimento.Data;
namespace Pentimento.Painting;

/// <summary>Corrupts images with strokes and noise, reusing its buffers; one brush a thread.</summary>
/// <param name="shape">The shape of the images.</param>
/// <param name="tier">The amounts of strokes and noise.</param>
internal sealed class Brush(ImageShape shape, Tier tier)
{
    private readonly float[] noise = new float[(shape.Size + NormalNoise.Block - 1) / NormalNoise.Block * NormalNoise.Block];

    /// <summary>Draws strokes over an image, then adds noise.</summary>
    /// <param name="image">uint8 (H, W, 3).</param>
    /// <param name="seed">The image's own random stream.</param>
    public void Corrupt(Span<byte> image, Seed seed)
    {
        if (tier.StrokeProbability > 0) DrawStrokes(image, new(seed.For("strokes")));
        if (tier.NoiseProbability > 0) AddNoise(image, seed.For("noise"));
    }

    private void DrawStrokes(Span<byte> image, SplitMix64 random)
    {
        if (random.Uniform() >= tier.StrokeProbability) return;
        var strokes = tier.Strokes.Low + random.Below(tier.Strokes.High - tier.Strokes.Low + 1);
        for (var stroke = 0; stroke < strokes; stroke++) Stroke.Random(shape, tier.Thickness, ref random).Draw(image, shape);
    }

    private void AddNoise(Span<byte> image, Seed seed)
    {
        var random = new SplitMix64(seed);
        if (random.Uniform() >= tier.NoiseProbability) return;
        var deviation = (float)random.Uniform(tier.Noise.Low, tier.Noise.High);
        NormalNoise.Fill(noise, seed.For("normals"));
        NormalNoise.Add(image, noise, deviation);
    }
}
