using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>The smallest adversarial perturbation found so far for each image of a batch.</summary>
internal sealed class SmallestPerturbation
{
    /// <summary>Starts with none found; belongs to the caller's scope.</summary>
    /// <param name="images">float32 (B, C, H, W), the result where none will be found.</param>
    public SmallestPerturbation(Tensor images) =>
        (Images, Sizes) = (images.clone(), full(images.shape[0], float.PositiveInfinity, device: images.device));

    /// <summary>float32 (B, C, H, W): the images with their smallest change, unchanged where none was found.</summary>
    public Tensor Images { get; }

    /// <summary>float32 (B): the size of that change, infinite where none was found.</summary>
    public Tensor Sizes { get; }

    /// <summary>Keeps the points that are adversarial with a smaller perturbation.</summary>
    /// <param name="points">float32 (b, C, H, W).</param>
    /// <param name="reached">bool (b), which of them fool.</param>
    /// <param name="sizes">float32 (b).</param>
    /// <param name="places">int64 (b), where they stand in the batch; all of it if left out.</param>
    public void Offer(Tensor points, Tensor reached, Tensor sizes, Tensor? places = null)
    {
        using var scope = NewDisposeScope();
        var known = places is null ? Sizes : Sizes.index_select(0, places);
        var better = Rows.Where(reached.logical_and(sizes.lt(known)));
        if (better.shape[0] == 0) return;
        var where = places is null ? better : places.index_select(0, better);
        Images.index_copy_(0, where, Rows.Pick(points, better));
        Sizes.index_copy_(0, where, sizes.index_select(0, better));
    }
}
