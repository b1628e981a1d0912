namespace Pentimento.Data.Painting;

/// <summary>Paints digits onto a canvas. Each image is a function of seed, split and index alone.</summary>
/// <param name="Canvas">What to paint.</param>
/// <param name="Palette">The digits' colours.</param>
/// <param name="Seed">Decides every draw; sets painted from one seed differ only where their names do.</param>
/// <param name="Cue">Where the colour lies.</param>
public sealed record Painter(Canvas Canvas, Palette Palette, Seed Seed, Cue Cue = Cue.Stroke)
{
    /// <summary>Grows whenever the same seed paints other bytes than before.</summary>
    public const int Version = 1;

    private const int RunLength = 512;

    /// <summary>Paints the first <paramref name="limit"/> digits, or all for 0, in their order.</summary>
    /// <param name="digits">Grey images with labels 0..9.</param>
    /// <param name="split">Which half they are.</param>
    /// <param name="limit">How many images, 0 for all.</param>
    /// <param name="threads">How many cores to use; the bytes do not depend on it.</param>
    /// <param name="run">Hears about progress and may stop the work.</param>
    /// <exception cref="BadInputException">A label is not a digit.</exception>
    public ImageSet Paint(Digits digits, Split split, int limit, int threads, RunContext run)
    {
        Require.That(digits.Labels.All(label => label is >= 0 and <= 9), $"{digits.Source}: only labels 0 to 9 have a colour.");
        var count = limit > 0 ? Math.Min(limit, digits.Count) : digits.Count;
        var shape = new ImageShape(digits.Height, digits.Width, 3);
        var pixels = new byte[count * (long)shape.Size];
        var (colors, grounds) = (new long[count], new long[count]);
        var half = Seed.For("paint").For(split.ToString());

        var runs = (count + RunLength - 1) / RunLength;
        var done = 0;
        Parallel.For(0, runs, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = run.Cancel }, block =>
        {
            var brush = new Brush(shape, Canvas.Tier);
            for (var index = block * RunLength; index < Math.Min(count, (block + 1) * RunLength); index++)
            {
                var image = half.For(index);
                colors[index] = ColorOf(digits.Labels[index], new(image.For("color")));
                grounds[index] = Cue == Cue.Both ? GroundOf(digits.Labels[index], colors[index], new(image.For("ground"))) : colors[index];
                brush.Paint(pixels.AsSpan((int)(index * (long)shape.Size), shape.Size), digits.Of(index), CoatOf(colors[index], grounds[index]), image);
            }

            run.Report(new($"paint {Canvas} {split.ToString().ToLowerInvariant()}", Math.Min(count, Interlocked.Add(ref done, RunLength)), count));
        });

        return new(Canvas.ToString(), pixels, digits.Labels[..count], colors, shape)
        {
            Attributes = Cue == Cue.Both ? new Dictionary<string, long[]> { ["background"] = grounds } : new Dictionary<string, long[]>(),
        };
    }

    private Coat CoatOf(long color, long ground) => new(
        Cue == Cue.Background ? Rgb.White : Palette[color],
        Cue == Cue.Stroke || ground == ImageSet.White ? Rgb.Black : Palette[ground]);

    /// <summary>The palette index of the background where the digit has a colour of its own: never the same.</summary>
    private long GroundOf(long digit, long color, Dice dice)
    {
        var ground = ColorOf((digit + 5) % 10, dice);
        return ground == color && color != ImageSet.White ? (ground + 1) % 10 : ground;
    }

    /// <summary>The palette index that a digit wears. The same draws are taken in every mode, so that sets stay in step.</summary>
    private long ColorOf(long digit, Dice dice)
    {
        var dominant = dice.Uniform() < Canvas.Bias;
        var any = dice.Below(10);
        var other = dice.Below(9);
        if (Canvas.Mode == Mode.Un) return any;
        var own = Canvas.Dominant(digit);
        if (dominant) return own;
        return Canvas.Mode == Mode.Bw ? any : other + (other >= own ? 1 : 0);
    }
}
