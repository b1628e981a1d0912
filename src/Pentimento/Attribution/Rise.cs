using System.ComponentModel.DataAnnotations;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>RISE: the mean probability of the class over random soft masks, weighted by whether they let the location through. It is a
/// black-box method.</summary>
/// <remarks>
/// Petsiuk, Das and Saenko, 2018, "RISE: randomized input sampling for explanation of black-box models", arXiv:1806.07421, eq. 6. The paper
/// takes 4,000 masks for 224x224 pixels; a digit has a sixty-fourth of them.
/// </remarks>
/// <param name="Masks">N, the number of masks.</param>
/// <param name="Cells">s, the cells of a mask on each side before upsampling.</param>
/// <param name="Seen">p, the probability that a cell lets the image through.</param>
/// <param name="Centered">Whether the mean probability is subtracted, so that a location that does not matter gets 0; eq. 6 keeps it.</param>
internal sealed record Rise(
    [Range(1, 1_000_000)] int Masks = 1000,
    [Range(1, 100)] int Cells = 7,
    [Range(0.01, 0.99)] double Seen = 0.5,
    bool Centered = true) : AttributionMethod
{
    /// <inheritdoc/>
    public override bool ReadsLayer => false;

    /// <inheritdoc/>
    internal override AttributionMethod? Draft(int passes, Data.ImageShape shape) => Masks > passes ? this with { Masks = passes } : null;

    /// <inheritdoc/>
    internal override Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer, RunContext run)
    {
        using var scope = NewDisposeScope();
        var masks = Draw((int)images.shape[2], (int)images.shape[3], run.Seed.For("rise")).to(images.device);
        var scores = Masked.Scores(network, images, masks.unsqueeze(1).unsqueeze(0), targets, points => network.call(points).softmax(1), "rise", run);
        var weights = Centered ? scores - scores.mean([1], keepdim: true) : scores;
        return (weights.matmul(masks.flatten(1)) / (Masks * Seen)).view(-1, images.shape[2], images.shape[3]).MoveToOuterDisposeScope();
    }

    /// <summary>Random binary cells, upsampled to one cell more than the image and cropped at a random shift: float32 (N, H, W) in [0, 1].</summary>
    private Tensor Draw(int height, int width, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var generator = seed.For("cells").On(CPU);
        var (rows, columns) = ((height + Cells - 1) / Cells, (width + Cells - 1) / Cells);
        var cells = rand([Masks, 1, Cells + 1, Cells + 1], float32, CPU, generator: generator).lt(Seen).to_type(float32);
        var large = nn
            .functional.interpolate(cells, [(Cells + 1) * rows, (Cells + 1) * columns], mode: InterpolationMode.Bilinear, align_corners: false)
            .squeeze(1);
        var random = new SplitMix64(seed.For("shifts"));
        var masks = Enumerable
            .Range(0, Masks)
            .Select(at => large[at].narrow(0, random.Below(rows), height).narrow(1, random.Below(columns), width))
            .ToList();
        return stack(masks).MoveToOuterDisposeScope();
    }
}
