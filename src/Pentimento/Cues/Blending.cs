using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>How an overlay lies over an image: in each channel it is added to it or, as a translucent one, mixed with much or with nothing of it.
/// </summary>
/// <remarks>
/// What an overlay of opacity a leaves of x is (1 - a) x + a w (Porter and Duff, 1984, "Compositing digital images"). How much of it is seen hangs on
/// what lies below; but what an image lacks of w becomes 1 - a of itself everywhere, so to its logarithm something is added that is always the same.
/// </remarks>
/// <param name="Channels">How in each.</param>
internal sealed record Blending(string Channels)
{
    // What is all but white, or black, lacks so much, that of its noise the logarithm does not make details.
    private const double Floor = 0.02;
    private const double Least = 1e-6;

    /// <summary>Added to it, mixed with the most, mixed with nothing.</summary>
    public static readonly IReadOnlyList<char> Ways = ['+', '1', '0'];

    /// <summary>Whether the image shines through in any channel.</summary>
    public bool IsTranslucent => Channels.Any(way => way != Ways[0]);

    /// <summary>That of images which have all channels alike.</summary>
    public static Blending Uniform(char way, long channels) => new(new string(way, (int)channels));

    /// <summary>To values, float32 (N, C, H, W) in [0, 1], what overlays are added to; about 0.5 it changes as they do.</summary>
    public Tensor Of(Tensor images) => Each(images, (values, way) => way switch
    {
        '1' => -Logarithm(1 - values),
        '0' => Logarithm(values),
        _ => values,
    });

    /// <summary>Their fine parts, float32 (N, C, H * W).</summary>
    /// <param name="images">float32 (N, C, H, W) in [0, 1].</param>
    /// <param name="window">How many pixels on each side count as soft.</param>
    public Tensor Fine(Tensor images, int window) => Detail.Of(Of(images), window).flatten(2);

    /// <summary>How far fine parts lie from others, (N, C, P), nowhere less than the values that they stand for do.</summary>
    /// <param name="values">float32 (N, C, P) in [0, 1], the images' own there.</param>
    /// <param name="fine">Their fine parts there.</param>
    /// <param name="usual">float32 (1, C, P).</param>
    public Tensor Distance(Tensor values, Tensor fine, Tensor usual) => (fine - usual).abs() / Each(values, (own, way) => way switch
    {
        '1' => Slope(1 - own),
        '0' => Slope(own),
        _ => ones_like(own),
    });

    /// <summary>The values again.</summary>
    public Tensor Back(Tensor sums) => Each(sums, (values, way) => way switch
    {
        '1' => 1 + Floor - (-2 * values).exp(),
        '0' => (2 * values).exp() - Floor,
        _ => values,
    });

    // What was taken off before may have left values beyond white or black.
    private static Tensor Lacking(Tensor values) => (values + Floor).clamp(min: Least);

    private static Tensor Logarithm(Tensor lacking) => Lacking(lacking).log() / 2;

    private static Tensor Slope(Tensor lacking) => (0.5 / Lacking(lacking)).clamp(max: 1);

    private Tensor Each(Tensor images, Func<Tensor, char, Tensor> made) => Channels.Distinct().Count() == 1
        ? made(images, Channels[0])
        : cat([.. Channels.Select((way, channel) => made(images.narrow(1, channel, 1), way))], 1);
}
