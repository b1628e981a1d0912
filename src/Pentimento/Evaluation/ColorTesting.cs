using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Painting;
using static TorchSharp.torch;

namespace Pentimento.Evaluation;

/// <summary>Measures what a colour test decides by.</summary>
/// <param name="network">The network.</param>
/// <param name="palette">The colours.</param>
/// <param name="ground">Whether the ground is recoloured.</param>
/// <param name="run">Device, progress and cancellation.</param>
internal sealed class ColorTesting(Classifier network, Palette palette, bool ground, RunContext run)
{
    // The controls' intervals are a few points wide at this number of images.
    private const int LargestControl = 2000;

    /// <summary>How many images are rendered in two more sets of as many colours.</summary>
    public static int ImagesOf(int images) => 2 * Math.Min(LargestControl, images);

    /// <summary>The test on the logits of every image in every colour.</summary>
    /// <param name="set">The images.</param>
    /// <param name="logits">float32 (N, C, K).</param>
    /// <param name="before">The predictions of the images as they are.</param>
    public ColorTest Of(ImageSet set, Tensor logits, Predictions before)
    {
        using var scope = NewDisposeScope();
        var occurring = ImageColors.Occurring(set, palette, ground);
        var colors = tensor(occurring.Select(color => (long)color).ToArray(), int64);
        var predicted = logits.argmax(2).index_select(1, colors);
        var followed = ColorFollowing.Of(predicted, set.Labels, (int)logits.shape[2]);
        var places = set.Drawn(LargestControl);
        var some = set.Pick(places);
        return ColorTest.Of(
            followed, Control(some, occurring), EqualLight(some, occurring), Kept(some, before.Pick(places)), occurring.Length,
            Shape(predicted, set.Labels), FavorableColors.Spared(predicted, set.Labels), Chance(set.Labels));
    }

    /// <summary>The colours at the brightness that all of them can have: they differ by hue alone.</summary>
    private ConfidenceInterval EqualLight(ImageSet set, int[] occurring)
    {
        Rgb[] hues = [.. occurring.Select(color => palette.Colors[color])];
        var light = hues.Select(color => Light(color) * 255 / Math.Max(1.0, Math.Max((int)color.Red, Math.Max((int)color.Green, color.Blue))))
            .DefaultIfEmpty().Min();
        Rgb[] scaled = [.. hues.Select(color => Scaled(color, light / Math.Max(1, Light(color))))];
        return Followed(set, scaled, "recolour in equal light", run.Part(1, 1, 2));
    }

    private ConfidenceInterval Followed(ImageSet set, Rgb[] colors, string stage, RunContext part)
    {
        if (colors.Length < 2) return new(0, -1, 1);
        using var scope = NewDisposeScope();
        var logits = Recoloring.Logits(network, set, colors, ground, stage, part);
        return ColorFollowing.Of(logits.argmax(2), set.Labels, (int)logits.shape[2]);
    }

    private static double Light(Rgb color) => (color.Red + color.Green + color.Blue) / 3.0;

    private static Rgb Scaled(Rgb color, double by) => new(color.Name, (byte)(color.Red * by), (byte)(color.Green * by), (byte)(color.Blue * by));

    /// <summary>Greys as bright as the colours: they carry as much light and no hue.</summary>
    private Control Control(ImageSet set, int[] occurring)
    {
        var followed = Followed(set, [.. occurring.Select(color => Grey(palette.Colors[color]))], "recolour in grey", run.Part(0, 1, 2));
        return new("greys as bright as the colours", followed.Value, followed.Low, followed.High, set.Count);
    }

    private static Rgb Grey(Rgb color)
    {
        var light = (byte)Math.Round(Light(color));
        return new($"as bright as {color.Name}", light, light, light);
    }

    private Share Kept(ImageSet set, Predictions before)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var size = BatchSize.Of(network, 500, run);
        var kept = 0L;
        for (var start = 0; start < set.Count; start += size)
        {
            using var inner = NewDisposeScope();
            var end = Math.Min(start + size, set.Count);
            var images = ColorReplacement.InItsOwn(set.Tensor().slice(0, start, end, 1).to(run.Device.ToTorch()), ground);
            kept += network.call(images).argmax(1).cpu().eq(tensor(before.Classes[start..end])).sum().item<long>();
        }

        return new(kept, set.Count);
    }

    private static Share Shape(Tensor predicted, long[] labels)
    {
        if (predicted.shape[1] == 0) return new(0, labels.Length);
        var right = predicted.eq(tensor(labels).unsqueeze(1)).to_type(float64).mean().item<double>();
        return new((long)Math.Round(right * labels.Length), labels.Length);
    }

    private static double Chance(long[] labels) => labels.GroupBy(label => label).Max(group => group.Count()) / (double)labels.Length;
}
