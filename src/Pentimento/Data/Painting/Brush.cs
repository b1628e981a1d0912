namespace Pentimento.Data.Painting;

/// <summary>Paints one image after another, keeping its buffers; one brush a thread.</summary>
/// <param name="shape">The size of the images.</param>
/// <param name="tier">How much they are disturbed.</param>
internal sealed class Brush(ImageShape shape, Tier tier)
{
    private readonly float[] noise = new float[(shape.Size + NormalNoise.Block - 1) / NormalNoise.Block * NormalNoise.Block];

    /// <summary>Colours the digit, draws strokes over it, adds noise to both.</summary>
    /// <param name="image">uint8 (H, W, 3), written whole.</param>
    /// <param name="grey">uint8 (H, W).</param>
    /// <param name="coat">What the digit and its ground wear.</param>
    /// <param name="seed">The image's own stream.</param>
    public void Paint(Span<byte> image, ReadOnlySpan<byte> grey, Coat coat, Seed seed)
    {
        for (var pixel = 0; pixel < grey.Length; pixel++)
        {
            int light = grey[pixel];
            image[3 * pixel] = Mix(light, coat.Digit.Red, coat.Ground.Red);
            image[(3 * pixel) + 1] = Mix(light, coat.Digit.Green, coat.Ground.Green);
            image[(3 * pixel) + 2] = Mix(light, coat.Digit.Blue, coat.Ground.Blue);
        }

        if (tier.StrokeProbability > 0) DrawStrokes(image, new(seed.For("strokes")));
        if (tier.NoiseProbability > 0) AddNoise(image, seed.For("noise"));
    }

    /// <summary>light/255 of the digit's colour over the rest of the ground's, rounded to the nearest: a tie cannot happen, 255 being odd.</summary>
    private static byte Mix(int light, int digit, int ground) => (byte)(((light * digit) + ((255 - light) * ground) + 127) / 255);

    private void DrawStrokes(Span<byte> image, Dice dice)
    {
        if (dice.Uniform() >= tier.StrokeProbability) return;
        var strokes = tier.Strokes.Low + dice.Below(tier.Strokes.High - tier.Strokes.Low + 1);
        for (var stroke = 0; stroke < strokes; stroke++) Stroke.Random(shape, tier.Thickness, ref dice).Draw(image, shape);
    }

    private void AddNoise(Span<byte> image, Seed seed)
    {
        var dice = new Dice(seed);
        if (dice.Uniform() >= tier.NoiseProbability) return;
        var deviation = (float)dice.Uniform(tier.Noise.Low, tier.Noise.High);
        NormalNoise.Fill(noise, seed.For("normals"));
        NormalNoise.Add(image, noise, deviation);
    }
}

/// <summary>What an image is painted with.</summary>
/// <param name="Digit">The digit's colour.</param>
/// <param name="Ground">The background's.</param>
internal readonly record struct Coat(Rgb Digit, Rgb Ground);
