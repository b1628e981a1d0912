using System.ComponentModel.DataAnnotations;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>Square attack: black-box random search over squares of pixels at the bounds of the radius.</summary>
/// <remarks>
/// Andriushchenko et al., 2020, "Square attack: a query-efficient black-box adversarial attack via random search", arXiv:1912.00049,
/// algorithms 1 and 2 and the schedule of section 5. Every image has squares of its own; fooled images are removed.
/// </remarks>
/// <param name="Radius">ε, the change of every pixel, in pixels of [0, 1].</param>
/// <param name="Queries">The number of queries for each image.</param>
/// <param name="Share">p, the share of the image that the first squares cover.</param>
internal sealed record Square(
    [Range(0.0, 1.0)] double Radius = 8 / 255.0,
    [Range(1, 10_000_000)] int Queries = 5000,
    [Range(1e-6, 1.0)] double Share = 0.8) : Attack
{
    private static readonly int[] Halvings = [10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000];

    /// <inheritdoc/>
    internal override Tensor Perturb(Classifier victim, Tensor images, BatchCriterion criterion, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = run.Seed.For("squares").On(images.device);
        var results = images.clone();
        using var active = new ActiveImages(criterion, arange(images.shape[0], ScalarType.Int64, images.device)) { ["original"] = images.clone() };
        var first = victim.call(images);
        active["scale"] = LogitScale.Of(first);
        active.Remove(criterion.Reached(first));
        for (var query = 0; query < Queries && active.Count > 0; query++)
        {
            using var inner = NewDisposeScope();
            var ball = Ball.Around(active["original"], Norm.Linf, Radius);
            var tried = ball.Project(query == 0 ? Stripes(active, generator) : WithSquare(active, SideAt(query, images), generator));
            var logits = victim.call(tried);
            var (score, reached) = (ScoreOf(logits / active["scale"], active.Criterion), active.Criterion.Reached(logits));
            var better = query == 0 ? ones_like(reached) : score.gt(active["score"]).logical_or(reached);
            active["point"] = query == 0 ? tried : where(better.view(-1, 1, 1, 1), tried, active["point"]);
            active["score"] = query == 0 ? score : where(better, score, active["score"]);
            results.index_copy_(0, active.Places, active["point"]);
            active.Remove(reached);
            run.Report(new("square", query + 1, Queries));
        }

        return results.MoveToOuterDisposeScope();
    }

    private static Tensor ScoreOf(Tensor logits, BatchCriterion criterion) =>
        criterion.Targeted ? Score.CrossEntropy(logits, criterion) : criterion.Margin(logits);

    /// <summary>Columns, each channel of each wholly up or down.</summary>
    private Tensor Stripes(ActiveImages active, Generator generator)
    {
        var shape = active["original"].shape;
        return active["original"] + (Radius * Signs([shape[0], shape[1], 1, shape[3]], generator, active.Places.device));
    }

    /// <summary>One square of each image, each channel of it wholly up or down by two radii, which the projection cuts.</summary>
    private Tensor WithSquare(ActiveImages active, long side, Generator generator)
    {
        var shape = active["point"].shape;
        var square = Span(shape[0], shape[2], side).unsqueeze(2).logical_and(Span(shape[0], shape[3], side).unsqueeze(1)).unsqueeze(1);
        return active["point"] + (2 * Radius * Signs([shape[0], shape[1], 1, 1], generator, active.Places.device) * square);

        // Where each image's square lies along one direction, bool (b, length).
        Tensor Span(long count, long length, long extent)
        {
            var device = active.Places.device;
            var first = randint(0, length - extent + 1, [count, 1], ScalarType.Int64, device, generator: generator);
            var at = arange(length, ScalarType.Int64, device).unsqueeze(0);
            return at.ge(first).logical_and(at.lt(first + extent));
        }
    }

    private static Tensor Signs(long[] shape, Generator generator, TorchSharp.torch.Device device) =>
        (rand(shape, float32, device, generator: generator).ge(0.5).to_type(float32) * 2) - 1;

    /// <summary>The squares' side: their share halves along the schedule that is given for 10,000 queries.</summary>
    private long SideAt(int query, Tensor images)
    {
        var (height, width) = (images.shape[2], images.shape[3]);
        var share = Share / Math.Pow(2, Halvings.Count(at => query * 10_000L / Queries > at));
        return Math.Clamp((long)Math.Round(Math.Sqrt(share * height * width)), 1, Math.Min(height, width));
    }
}
