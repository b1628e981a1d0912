using Pentimento.Data;
using Pentimento.Painting;

namespace Pentimento.Tests.Painting;

/// <summary>Digits to paint, read once.</summary>
internal static class Easel
{
    public static Digits Test { get; } = Digits.Mnist(Split.Test);

    /// <summary>The first test digits painted on a canvas; 0 for all.</summary>
    public static ImageSet Paint(string name, int limit = 0, ulong seed = 0, int threads = 2) =>
        Paint(Canvas.Parse(name), Test, limit, seed, threads);

    public static ImageSet Paint(Canvas canvas, Digits digits, int limit = 0, ulong seed = 0, int threads = 2) =>
        new Painter(canvas, Palette.Seed, new(seed)).Paint(digits, Split.Test, limit, threads, RunContext.OnCpu());

    /// <summary>Images without a digit: what is painted on them is noise and strokes alone.</summary>
    public static Digits Blank(int count) => new("blank", new byte[count * 784], new long[count], 28, 28);

    /// <summary>Whether a share of a count is within this many standard errors of what it should be.</summary>
    public static void AssertShare(double expected, int hits, int count, double errors = 3)
    {
        var margin = errors * Math.Sqrt(expected * (1 - expected) / count);
        Assert.InRange((double)hits / count, expected - margin, expected + margin);
    }
}
