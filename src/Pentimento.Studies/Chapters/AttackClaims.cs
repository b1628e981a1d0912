using Pentimento.Attacks;
using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Studies.Parts;
using static TorchSharp.torch;

namespace Pentimento.Studies.Chapters;

/// <summary>What the report says of attacks on its lazy network and on IRM's, each attack by its own figures.</summary>
internal static class AttackClaims
{
    private const double Near = 0.05;
    private const double Stronger = 0.01;
    private static readonly (string Name, string Said)[] Sides = [("lazy", "the lazy network's"), ("irm", "the robust network's")];

    public static void Write(StudyContext context, ChapterWriter writer, IReadOnlyList<Comparison> all, IReadOnlyList<Comparison> searched)
    {
        var (any, seven, attacks) = (PublishedAttacks.Tasks[0], PublishedAttacks.Tasks[1], PublishedAttacks.Attacks);
        foreach (var attack in attacks)
        {
            foreach (var task in PublishedAttacks.Tasks) Figures(writer, all, attack, task);
            Rates(
                writer, all, $"The lazy network is easier to fool with {CloakChapter.Name(attack)} than IRM's.", Rate(all, "lazy", attack, any),
                Rate(all, "irm", attack, any), Images(all, "lazy", attack, any), Near);
        }

        var (fgsm, pgd, cw) = (attacks[0], attacks[1], attacks[2]);
        foreach (var task in PublishedAttacks.Tasks)
            Rates(
                writer, all, $"PGD succeeds more often than FGSM under the same budget ({CloakChapter.Task(task)}).", Rate(all, "lazy", pgd, task),
                Rate(all, "lazy", fgsm, task), Images(all, "lazy", pgd, task), Stronger);
        Rates(
            writer, all, "Carlini and Wagner's attack towards a class succeeds more often than PGD.", Rate(all, "lazy", cw, seven),
            Rate(all, "lazy", pgd, seven), Images(all, "lazy", cw, seven), Stronger);
        Sizes(writer, all, searched, pgd, cw);
        Places(context, writer, all);
        writer.Unmeasured(
            "The changes cannot be seen.",
            "Whether they can be, people say. FGSM and PGD change a pixel by at most 0.05 of its range; the pictures show it.", "changes-fgsm-any");
    }

    /// <summary>A network's rate over its seeds.</summary>
    internal static SeedSpread Rate(IReadOnlyList<Comparison> all, string trained, Attack attack, AttackTask task) =>
        SeedSpread.Of(Rows(all, trained, attack, task).Select(row => row.Result.SuccessRate));

    private static void Figures(ChapterWriter writer, IReadOnlyList<Comparison> all, Attack attack, AttackTask task)
    {
        foreach (var (side, (trained, said)) in Sides.Index())
        {
            if (PublishedAttacks.Rate(attack, task, side) is not { } published) continue;
            var rate = Rate(all, trained, attack, task);
            var claim = $"{CloakChapter.Name(attack)} ({CloakChapter.Task(task)}) turns {Numbers.Percent(published)} of {said} answers.";
            if (rate.Values.Any(double.IsNaN)) writer.Unmeasured(claim, "No image counts.", "attacks");
            else
                writer.Claim(
                    claim, $"{rate.Percent}.", Basis(rate, Images(all, trained, attack, task)),
                    Estimate.OverSeeds(rate.Values, Images(all, trained, attack, task)), Bound.Within(Near, published), "attacks");
        }
    }

    private static void Rates(
        ChapterWriter writer, IReadOnlyList<Comparison> all, string said, SeedSpread one, SeedSpread other, int images, double margin)
    {
        if (one.Values.Concat(other.Values).Any(double.IsNaN)) writer.Unmeasured(said, "No image counts.", "attacks");
        else
            writer.Claim(
                said, $"{one.Percent} against {other.Percent}; the effect is the difference.", Basis(SeedSpread.Of(all.Select(_ => 0.0)), images),
                Estimate.Difference(one.Values, other.Values, images), Bound.Above(margin), "attacks");
    }

    private static void Sizes(ChapterWriter writer, IReadOnlyList<Comparison> all, IReadOnlyList<Comparison> searched, Attack pgd, Attack cw)
    {
        var any = PublishedAttacks.Tasks[0];
        double[] Medians(string trained) =>
            [
                .. searched.SelectMany(one => one.Rows.Where(row => row.Network == trained))
                    .Select(row => row.Result.RobustnessCurve?.Median ?? double.NaN),
            ];
        Of(
            "Smaller changes fool the lazy network than the robust one.", Medians("irm"), Medians("lazy"),
            (robust, lazy) => $"Half of the lazy network's images need a change of {lazy.Number(2)} (L2, DeepFool), half of IRM's "
                + $"{robust.Number(2)}.",
            "robustness-curve-deep-fool");
        double[] Lengths(Attack attack) => [.. Rows(all, "lazy", attack, any).Select(row => row.Result.MedianL2 ?? double.NaN)];
        Of(
            "Carlini and Wagner's attack finds smaller changes than PGD.", Lengths(pgd), Lengths(cw),
            (first, second) => $"The median change of those that were fooled is {second.Number(2)} (L2), PGD's {first.Number(2)}.", "attacks");

        void Of(string said, double[] larger, double[] smaller, Func<SeedSpread, SeedSpread, string> measured, string figure)
        {
            double[] shares = [.. larger.Zip(smaller, (one, other) => (one - other) / one)];
            if (shares.Any(share => !double.IsFinite(share))) writer.Unmeasured(said, "Too few images were fooled.", figure);
            else
                writer.Claim(
                    said, $"{measured(new(larger), new(smaller))} The effect is the part by which it is smaller.", new SeedSpread(shares).Seeds,
                    Estimate.OverSeeds(shares), Bound.Above(Near), figure);
        }
    }

    private static void Places(StudyContext context, ChapterWriter writer, IReadOnlyList<Comparison> all)
    {
        double[] OnStroke(string trained, Attack attack) =>
            [.. Rows(all, trained, attack, PublishedAttacks.Tasks[0]).Select(row => row.Result.Split?.OnStroke ?? double.NaN)];
        var attacks = PublishedAttacks.Attacks;
        string Lies(double[] lazy, double[] robust) =>
            $"{new SeedSpread(lazy).Percent} on the stroke for lazy, {new SeedSpread(robust).Percent} for IRM; the effect is the difference.";
        Of(
            "FGSM's changes are spread out for the biased network and more focused on the shape for IRM.", OnStroke("lazy", attacks[0]),
            OnStroke("irm", attacks[0]), Bound.Above(Near), "splits");
        Of(
            "PGD modifies pixels near the shape to fool IRM, and the background to fool the lazy network.", OnStroke("lazy", attacks[1]),
            OnStroke("irm", attacks[1]), Bound.Above(Near), "splits");
        Of(
            "Carlini and Wagner's changes for lazy and IRM have not much difference.", OnStroke("lazy", attacks[2]), OnStroke("irm", attacks[2]),
            Bound.Within(Near, 0), "splits");
        var set = context.Test(context.Recipe.Train, context.Recipe.Looked);
        Of(
            "IRM's gradients lie on the shape, the lazy network's are a cloud.",
            [.. context.Evaluate("lazy", network => Sensitive(network, set, context.Run))],
            [.. context.Evaluate("irm", network => Sensitive(network, set, context.Run))], Bound.Above(Near), "gradients-fgsm-any");

        void Of(string said, double[] lazy, double[] robust, Bound bound, string figure)
        {
            if (lazy.Concat(robust).Any(double.IsNaN)) writer.Unmeasured(said, "Too few images were fooled.", figure);
            else writer.Claim(said, Lies(lazy, robust), new SeedSpread(lazy).Seeds, Estimate.Difference(robust, lazy), bound, figure);
        }
    }

    /// <summary>The mean share of the loss's absolute gradient on the digit.</summary>
    private static double Sensitive(Classifier network, ImageSet set, RunContext run)
    {
        using var scope = NewDisposeScope();
        var device = run.Device.ToTorch();
        var gradients = InputGradients.Of(network, Pixels.Slice(set.Tensor(), 0, set.Count).to(device), set.LabelTensor().to(device)).cpu();
        var (total, stroke) = (gradients.sum([1, 2]), (gradients * EvidenceLocalization.Foreground(set)).sum([1, 2]));
        return (stroke / total.clamp(min: 1e-30)).mean().item<float>();
    }

    private static int Images(IReadOnlyList<Comparison> all, string trained, Attack attack, AttackTask task) =>
        Math.Max(1, (int)Rows(all, trained, attack, task).Select(row => row.Result.Count).DefaultIfEmpty(1).Average());

    private static IEnumerable<ComparisonRow> Rows(IReadOnlyList<Comparison> all, string trained, Attack attack, AttackTask task) =>
        all.Select(one => one.Rows.FirstOrDefault(row =>
            row.Network == trained && row.Result.Attack == attack && row.Result.Source == task.Source && row.Result.Criterion == task.Criterion))
            .OfType<ComparisonRow>();

    private static string Basis(SeedSpread rate, int images) => $"{rate.Seeds}, {Numbers.Counted(images, "image")}";
}
