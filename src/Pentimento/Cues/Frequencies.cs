using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>The Fourier plane of images.</summary>
internal static class Frequencies
{
    /// <summary>The waves of each channel, complex (N, C, H, W/2+1).</summary>
    public static Tensor Of(Tensor images) => fft.rfft2(images.contiguous());

    /// <summary>The images (N, C, H, W) of waves.</summary>
    /// <param name="waves">complex (N, C, H, W/2+1).</param>
    /// <param name="like">Images of the size wanted.</param>
    public static Tensor Images(Tensor waves, Tensor like) => fft.irfft2(waves, [like.shape[2], like.shape[3]]);

    /// <summary>Each wave's frequency in cycles a pixel, float32 (H, W/2+1); 0.5 is the finest that pixels can show along a side.</summary>
    public static Tensor Radius(Tensor images)
    {
        using var scope = NewDisposeScope();
        var down = fft.fftfreq(images.shape[2], 1, device: images.device).unsqueeze(1);
        var right = fft.rfftfreq(images.shape[3], 1, device: images.device).unsqueeze(0);
        return (down.square() + right.square()).sqrt().to_type(float32).MoveToOuterDisposeScope();
    }

    /// <summary>The logarithm of the mean amplitude in rings and, within each, sectors, float32 (N, rings x sectors), about 0 to 1.</summary>
    public static Tensor Bands(Tensor images, double from, int rings, int sectors)
    {
        using var scope = NewDisposeScope();
        var amplitude = Of(images - images.mean([2, 3], keepdim: true)).abs().mean([1]).flatten(1);
        var down = fft.fftfreq(images.shape[2], 1, device: images.device).unsqueeze(1);
        var right = fft.rfftfreq(images.shape[3], 1, device: images.device).unsqueeze(0);
        var ring = ((Radius(images) - from) / (0.5001 - from) * rings).floor();
        var sector = ((atan2(down.expand(-1, right.shape[1]), right.expand(down.shape[0], -1)) / Math.PI) + 0.5).mul(sectors).floor()
            .remainder(sectors);
        var means = new List<Tensor>();
        for (var at = 0; at < rings * sectors; at++)
        {
            var member = ring.eq(at / sectors).logical_and(sector.eq(at % sectors)).flatten().to_type(float32);
            means.Add(amplitude.mv(member) / member.sum().clamp(min: 1));
        }

        var pixels = images.shape[2] * images.shape[3];
        return (stack(means, 1) / Math.Sqrt(pixels)).add(1e-3).log().add(7).div(7).MoveToOuterDisposeScope();
    }
}
