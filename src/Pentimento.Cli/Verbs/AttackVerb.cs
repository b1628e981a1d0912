using Pentimento.Attacks;
using Pentimento.Cli.Terminal;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Reports;
using Pentimento.Reports.Figures;
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
        var with = new Option<string>("--with") { Description = "One of: pentimento list attacks.", DefaultValueFactory = _ => "pgd", HelpName = "SPEC" };
        var source = new Option<int?>("--source") { Description = "Attack only images of this class.", HelpName = "K" };
        var target = new Option<string>("--target") { Description = "The answer to reach: a class, +N (the label and N more), next, least-likely, most-likely; or any wrong one.", DefaultValueFactory = _ => "any", HelpName = "T" };
        var limit = Common.Limit();
        var save = new Option<string?>("--save") { Description = "Write the attacked images, float32 (N, 3, H, W), and their labels, int64 (N).", HelpName = "F.npz" };
        var picture = new Option<string?>("--out") { Description = "Draw the first images before, after and what was changed, as PNG.", HelpName = "F.png" };
        var verb = new Verb("attack", "Changes images, hardly visibly, so that a network answers wrongly.",
            """
            Every image of the set (or of --source) is attacked, in order; the success rate counts only those that were answered
            right before and, with --target, are not of its class.

            Examples:
              pentimento attack lazy.safetensors --data rg_95z --limit 500 --with pgd:radius=0.05,steps=40
              pentimento attack lazy.safetensors --data rg_95z --with pgd:radius=0.05 --source 7 --target 3 --save fooled.npz --out fooled.png
            """) { model, data, network, with, source, target, limit, save, picture };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            var attack = Catalog.Read<Attack>(parsed.GetValue(with)!);
            var goal = Goal.Parse(parsed.GetValue(target)!);
            var name = Common.OnlySet(parsed.GetValue(data)!, "attack");
            return session.Answer(torch: true, run =>
            {
                using var scope = torch.NewDisposeScope();
                using var victim = Session.Model(parsed.GetValue(model)!, parsed.GetValue(network), run);
                var set = Only(session.Library.Find(name, Split.Test, parsed.GetValue(limit), run), parsed.GetValue(source));
                var attacked = attack.AttackSet(victim, set, goal, run);
                var perturbed = attacked.Images;
                if (parsed.GetValue(save) is { } file)
                    Npz.Write(file, [new("images", new(perturbed.contiguous().data<float>().ToArray(), perturbed.shape)), new("labels", new(set.Labels, set.Count))]);
                if (parsed.GetValue(picture) is { } drawing) Draw(drawing, victim, set, perturbed, goal, run);
                return AttackResult.Of(attack, victim, set, perturbed, parsed.GetValue(source), goal, run) with { Warnings = attacked.Warnings };
            }, Print);
        });
        return verb;
    }

    private static ImageSet Only(ImageSet set, int? source)
    {
        if (source is not { } wanted) return set;
        int[] places = [.. Enumerable.Range(0, set.Count).Where(at => set.Labels[at] == wanted)];
        Require.That(places.Length > 0, $"{set.Name} holds no image of class {wanted}.");
        return set.Pick(places);
    }

    private static void Draw(string file, Classifier victim, ImageSet set, torch.Tensor perturbed, Goal goal, RunContext run)
    {
        int[] places = [.. Enumerable.Range(0, Math.Min(10, set.Count))];
        var first = perturbed.slice(0, 0, places.Length, 1);
        var after = Judge.Logits(victim, first, run).argmax(1).data<long>().ToArray();
        var images = places.Select(at => first[at].contiguous().data<float>().ToArray()).ToArray();
        var shown = set.Pick(places);
        var png = PictureTables.Attack(new AttackedImages("network", goal.Class, shown, images, Judge.Answers(victim, shown, run), after)).Draw();
        SafeFile.Write(file, stream => stream.Write(png));
    }

    private static void Print(AttackResult result, TextWriter output)
    {
        var aim = result.Goal == "any" ? "to any wrong answer" : $"to {result.Goal}";
        output.WriteLine($"{result.Attack} on {result.Data}, {aim}.");
        output.WriteLine($"Fooled: {Tables.Percent(result.SuccessRate)} ({Tables.Percent(result.Low)} to {Tables.Percent(result.High)}) of {result.Count:N0} images answered right before; {result.Attacked:N0} attacked.");
        if (result.MedianL2 is { } change) output.WriteLine($"Median change of the fooled: L2 {change:0.000}, Linf {result.MedianLinf:0.0000}.");
    }
}
