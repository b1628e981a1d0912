using Pentimento.Attacks;
using Pentimento.Networks;
using Pentimento.Reports.Pictures;
using static TorchSharp.torch;

namespace Pentimento.Lab.Queries;

/// <summary>An attack on one image, frame by frame: the first steps one by one, later ones in strides.</summary>
internal static class AttackFrames
{
    private static readonly int[] Frames = [1, 2, 3, 5, 8, 13, 21, 40];

    /// <summary>The image after each number of steps; ends when the network is fooled.</summary>
    /// <param name="bench">The bench.</param>
    /// <param name="asked">The image.</param>
    /// <param name="model">The network that is attacked; all answer.</param>
    /// <param name="radius">The largest change of a value, in pixels of [0, 1].</param>
    /// <param name="cancel">Whoever asked has gone.</param>
    public static async IAsyncEnumerable<AttackFrame> Stream(
        Workbench bench, ImageQuery asked, string? model, double radius,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        Require.That(radius is > 0 and <= 1, $"The radius is a number above 0 and at most 1; got {radius}.");
        foreach (var steps in Frames)
        {
            cancel.ThrowIfCancellationRequested();
            var frame = await bench.InTurn(() => Frame(bench, asked, bench.Find(model), new(radius, radius / 4, steps, RandomStart: false)));
            yield return frame with { Last = frame.Fooled || steps == Frames[^1] };
            if (frame.Fooled) yield break;
        }
    }

    private static AttackFrame Frame(Workbench bench, ImageQuery asked, LabNetwork victim, Pgd attack)
    {
        var pixels = bench.Read(bench.ImageOf(asked.Image, asked.Picture));
        var before = FiniteLogits.Of(victim.Network.call(pixels), "the image").argmax(1).detach();
        var criterion = Criterion.Any.For(before, zeros(1, victim.Network.Classes));
        var after = attack.Perturb(victim.Network, pixels, criterion, bench.Run).detach();
        using var inference = no_grad();
        var fooled = victim.Network.call(after).argmax(1).item<long>() != before.item<long>();
        var values = after.cpu().contiguous().data<float>().ToArray();
        return new(
            attack.Steps,
            bench.Shown(after).DataUri,
            Perturbation.Signed(bench.Shown(pixels), values, attack.Radius).DataUri,
            [.. bench.Networks.Select(network => NetworkAnswers.Of(bench, network, after))],
            fooled,
            false,
            fooled ? ChangeParts.Of(victim.Network, pixels, after) : []);
    }
}
