using Pentimento.Painting;
using static TorchSharp.torch;

namespace Pentimento.Evaluation;

/// <summary>Separates an image's foreground intensity from its colour, so that the same image can be rendered in any colour.</summary>
/// <remarks>
/// An image's ground is the median of its border. A pixel's intensity is its distance from the ground, divided by the image's largest one: for
/// a digit painted on black that is the grey it was painted from. On black ground the foreground gets the new colour; on coloured ground the
/// ground does, and the foreground keeps its own.
/// </remarks>
internal static class ColorReplacement
{
    // A ground darker than this in every channel counts as black; noise clipped at 0 has its median far below.
    private const int Dark = 64;

    /// <summary>The foreground intensity of each pixel, float32 (N, H, W) in [0, 1]: its distance from the ground; 0 everywhere in an image of one
    /// colour.</summary>
    /// <param name="bytes">uint8 (N, H, W, C).</param>
    public static Tensor ForegroundIntensity(Tensor bytes)
    {
        using var scope = NewDisposeScope();
        var distance = Distance(bytes, Ground(bytes));
        return (distance / distance.amax([1, 2], keepdim: true).clamp(min: 1)).MoveToOuterDisposeScope();
    }

    /// <summary>Whether most images lie on a ground that is not black.</summary>
    /// <param name="bytes">uint8 (N, H, W, C).</param>
    public static bool HasColoredGround(Tensor bytes)
    {
        using var scope = NewDisposeScope();
        return Ground(bytes).amax([1]).ge(Dark).to_type(float32).mean().item<float>() > 0.5;
    }

    /// <summary>Renders every image in every colour: float32 (N, K, 3, H, W) in [0, 1], channels-last in memory.</summary>
    /// <param name="bytes">uint8 (N, H, W, 3).</param>
    /// <param name="colors">The K colours.</param>
    /// <param name="ground">Whether the ground is recoloured instead of the foreground.</param>
    public static Tensor Recolored(Tensor bytes, IReadOnlyList<Rgb> colors, bool ground)
    {
        using var scope = NewDisposeScope();
        var intensity = ForegroundIntensity(bytes).unsqueeze(1).unsqueeze(4);
        var paint = tensor(
                colors.SelectMany(color => new[] { color.Red / 255f, color.Green / 255f, color.Blue / 255f }).ToArray(),
                device: bytes.device)
            .view(1, -1, 1, 1, 3);
        return Mixed(bytes, intensity, paint, ground).permute(0, 1, 4, 2, 3).MoveToOuterDisposeScope();
    }

    /// <summary>Renders every image in its own colour, as estimated: float32 (N, 3, H, W) in [0, 1]. What differs from the image is what
    /// painting itself does to it.</summary>
    /// <inheritdoc cref="Recolored"/>
    public static Tensor InItsOwn(Tensor bytes, bool ground)
    {
        using var scope = NewDisposeScope();
        var intensity = ForegroundIntensity(bytes).unsqueeze(1).unsqueeze(4);
        var own = (OwnColors(bytes, ground) / 255).view(-1, 1, 1, 1, 3);
        return Mixed(bytes, intensity, own, ground).squeeze(1).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>The colour of each image's foreground or ground, float32 (N, C) in [0, 255]: of the foreground the mean, in which pixels weigh by
    /// the fourth power of their intensity, so that noise averages out and edges hardly count.</summary>
    /// <param name="bytes">uint8 (N, H, W, C).</param>
    /// <param name="ground">Whether the ground's is wanted.</param>
    public static Tensor OwnColors(Tensor bytes, bool ground)
    {
        using var scope = NewDisposeScope();
        if (ground) return Ground(bytes).MoveToOuterDisposeScope();
        var weights = ForegroundIntensity(bytes).pow(4).flatten(1).unsqueeze(2);
        var pixels = bytes.flatten(1, 2).to_type(float32);
        return ((weights * pixels).sum(1) / weights.sum(1).clamp(min: 1e-6)).MoveToOuterDisposeScope();
    }

    /// <summary>Foreground and ground mixed by the intensity, one of them in new colours, the other in its own.</summary>
    private static Tensor Mixed(Tensor bytes, Tensor intensity, Tensor paint, bool ground)
    {
        if (ground) return ((1 - intensity) * paint) + (intensity * ForegroundColor(bytes));
        var own = Ground(bytes);
        // Dark grounds are left dark, as everywhere: their noise is nobody's colour.
        var behind = (own * own.amax([1], keepdim: true).ge(Dark) / 255).view(-1, 1, 1, 1, bytes.shape[3]);
        return (intensity * paint) + ((1 - intensity) * behind);
    }

    /// <summary>Renders every image in the colours of another, its ground's and its foreground's: uint8 (N, H, W, 3).</summary>
    /// <param name="bytes">uint8 (N, H, W, 3).</param>
    /// <param name="owners">int64 (N), the image whose colours each image gets.</param>
    public static Tensor Exchanged(Tensor bytes, Tensor owners)
    {
        using var scope = NewDisposeScope();
        var intensity = ForegroundIntensity(bytes).unsqueeze(3);
        // Dark grounds are left dark, as everywhere: their noise is nobody's colour.
        var ground = HasColoredGround(bytes) ? Ground(bytes).view(-1, 1, 1, bytes.shape[3]) : zeros(bytes.shape[0], 1, 1, bytes.shape[3]);
        var foreground = 255 * ForegroundColor(bytes).squeeze(1);
        var painted = ((1 - intensity) * ground.index_select(0, owners)) + (intensity * foreground.index_select(0, owners));
        return painted.round().clamp(0, 255).to_type(uint8).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>The colour of the pixel farthest from the ground, float32 (N, 1, 1, 1, C) in [0, 1].</summary>
    private static Tensor ForegroundColor(Tensor bytes)
    {
        var farthest = Distance(bytes, Ground(bytes)).flatten(1).argmax(1);
        var pixels = bytes.flatten(1, 2).to_type(float32) / 255;
        return pixels.gather(1, farthest.view(-1, 1, 1).expand(-1, 1, bytes.shape[3])).view(-1, 1, 1, 1, bytes.shape[3]);
    }

    private static Tensor Distance(Tensor bytes, Tensor ground) => (bytes.to_type(float32) - ground.unsqueeze(1).unsqueeze(1)).abs().amax([3]);

    /// <summary>The median colour of the border, float32 (N, C).</summary>
    private static Tensor Ground(Tensor bytes)
    {
        var (bottom, right) = (bytes.shape[1] - 1, bytes.shape[2] - 1);
        var border = cat([bytes.select(1, 0), bytes.select(1, bottom), bytes.select(2, 0), bytes.select(2, right)], 1);
        return border.sort(1).Values.select(1, (border.shape[1] - 1) / 2).to_type(float32);
    }
}
