using Pentimento.Attacks;
using Pentimento.Cli.Terminal;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Reports;
using Pentimento.Reports.Figures;
using System.Globalization;
using TorchSharp;

namespace Pentimento.Cli.Verbs;

/// <summary><c>attack MODEL --data DATA --with SPEC</c>: adversarial images, and how often they fool.</summary>
internal static class AttackVerb
{
    public static Verb Create(Host host)
    {
        var model = Common.Model();
        var data = Common.Data("The set to attack on.");
        var network = Common.Network();
        var with = new Option<string>("--with")
        {
            Description = "One of: pentimento list attacks.",
            DefaultValueFactory = _ => "pgd",
            HelpName = "SPEC",
        };
        var source = new Option<int?>("--source") { Description = "Attack only images of this class.", HelpName = "K" };
        var target = new Option<string>("--target")
        {
            Description = "The answer to reach: a class, +N (the label and N more), next, least-likely, most-likely; or any wrong one.",
            DefaultValueFactory = _ => "any",
            HelpName = "T",
        };
        var limit = Common.Limit();
        var save = new Option<string?>("--save")
        {
            Description = "Write the attacked images, float32 (N, 3, H, W), and their labels, int64 (N).",
            HelpName = "F.npz",
        };
        var picture = new Option<string?>("--out")
        {
            Description = "Draw images before and after, the change, the gradients and Grad-CAM, as PNG.",
            HelpName = "F.png",
        };
        var verb = new Verb(
            "attack",
            "Changes images, hardly visibly, so that a network answers wrongly.",
            """
            Every image of the set (or of --source) is attacked, in order; the success rate counts only those that were answered
            right before and, with --target, are not of its class.

            Examples:
              pentimento attack lazy.safetensors --data rg_95z --limit 500 --with pgd:radius=0.05,steps=40
              pentimento attack lazy.safetensors --data rg_95z --with pgd:radius=0.05 --source 7 --target 3 --save fooled.npz --out fooled.png
              pentimento attack lazy.safetensors --data rg_95z --limit 200 --with carlini-wagner --target least-likely
              pentimento attack lazy.safetensors --data rg_95z --limit 500 --with auto-attack:radius=0.05
            """) { model, data, network, with, source, target, limit, save, picture };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            var attack = Catalog.Read<Attack>(parsed.GetValue(with)!);
            var goal = Criterion.Parse(parsed.GetValue(target)!);
            var name = Common.OnlySet(parsed.GetValue(data)!, "attack");
            return session.Answer(
                torch: true,
                run =>
                {
                    using var scope = torch.NewDisposeScope();
                    using var victim = Session.Model(parsed.GetValue(model)!, parsed.GetValue(network), run);
                    var task = new AttackTask(parsed.GetValue(source), goal);
                    var all = ClassAgreement.Fitted(victim, session.Library.Find(name, Split.Test, parsed.GetValue(limit), run));
                    var set = all.Pick(task.Places(all));
                    var attacked = attack.AttackSet(victim, set, goal, run);
                    if (parsed.GetValue(save) is { } file)
                        Npz.Write(
                            file,
                            [
                                new("images", new(attacked.Images.contiguous().data<float>().ToArray(), attacked.Images.shape)),
                                new("labels", new(set.Labels, set.Count)),
                            ]);
                    if (parsed.GetValue(picture) is { } drawing)
                        Draw(drawing, new("", victim, attack, task, set, attacked.Images, Outcome.Of(victim, set, attacked.Images, goal, run)), run);
                    return AttackResult.Of(attack, victim, set, attacked.Images, task.Source, goal, run) with { Warnings = attacked.Warnings };
                },
                Print);
        });
        return verb;
    }

    private static void Draw(string file, AttackedImages cloak, RunContext run)
    {
        var places = AttackPictures.Choose(cloak.Set, cloak.Outcome);
        Require.That(places.Length > 0, $"{file}: the network answers no image right that could be fooled, so there is nothing to draw.");
        var images = AttackPictures.Of(cloak, places, run);
        var png = AttackTables.Whole(images).Draw();
        SafeFile.Write(file, stream => stream.Write(png));
    }

    private static void Print(AttackResult result, TextWriter output)
    {
        var aim = result.Criterion == "any" ? "to any wrong answer" : $"to {result.Criterion}";
        output.WriteLine($"{result.Attack} on {result.Data}, {aim}.");
        output.WriteLine(
            $"Fooled: {Tables.Percent(result.SuccessRate)} ({Tables.Percent(result.Low)} to {Tables.Percent(result.High)}) of {result.Count:N0} images answered right before; {result.Attacked:N0} attacked."
        );
        if (result.MedianL2 is { } change)
            output.WriteLine(
                $"Median change of the fooled: L2 {change:0.000}, Linf {result.MedianLinf:0.0000}; mean probability of the wrong answer {Tables.Percent(result.Confidence)}."
            );
        if (result.Split is { } split)
            output.WriteLine(
                $"Of the change {Tables.Percent(split.Color)} repaints (shifts stroke or background evenly), the rest redraws; {Tables.Percent(split.OnStroke)} lies on the stroke, which is {Tables.Percent(split.StrokeArea)} of the image."
            );
        if (result.RobustnessCurve is { } budget)
            output.WriteLine(
                $"Needed change in {budget.Norm}, from the easiest tenth of the images to the hardest: {string.Join(", ", budget.Deciles.Select(decile => decile?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-"))}."
            );
        foreach (var warning in result.Warnings)
            output.WriteLine(warning);
    }
}
