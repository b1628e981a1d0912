using Pentimento.Attacks;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Findings;
using Pentimento.Studies.Parts;

namespace Pentimento.Studies.Chapters;

/// <summary>The report's three attacks on a network that cheats, on two that were cured of colour, the report's IRM among them, and on one that was
/// trained against attacks.</summary>
internal static class CloakChapter
{
    private static readonly string[] Trained = ["lazy", "irm", "repaired", "hardened"];
    private static readonly AttackTask Untargeted = AttackTask.Parse("any");

    public static void Write(StudyContext context, ChapterWriter writer)
    {
        var set = context.Test(context.Recipe.Train, context.Recipe.Attacked);
        var sampler = new AttackSampler(context.Run);
        var all = Enumerable.Range(0, context.Trainings("lazy").Count).Select(at => Compare(context, at, at == 0 ? sampler : null)).ToList();
        var album = new AttackFigures(writer.Figures);
        album.Add(sampler.Samples);
        writer.Say(
            $"FGSM and PGD may change a pixel by 0.05 of its range; Carlini and Wagner's attack has no such limit, as in the report, and looks for "
                + $"the smallest change. A success counts only an image that the network answers right beforehand; "
                + $"{Numbers.Counted(set.Count, "image")} "
                + $"with {DatasetDescription.Title(set.Name)}, for Carlini and Wagner's {context.Recipe.Searched}, and for 7 to 3 "
                + "the sevens among them."
        );
        writer.List(
            "attacks",
            "Share of right answers that were turned, mean over seeds (and range), beside the report's figures for its lazy and its robust network.",
            ["attack", "wanted", "report: lazy", "report: robust", .. Trained],
            from attack in PublishedAttacks.Attacks
            from task in PublishedAttacks.Tasks
            select (IReadOnlyList<string>)
                [
                    Name(attack),
                    Task(task),
                    Percent(PublishedAttacks.Rate(attack, task, 0)),
                    Percent(PublishedAttacks.Rate(attack, task, 1)),
                    .. Trained.Select(trained => AttackClaims.Rate(all, trained, attack, task).Percent),
                ]);
        foreach (var attack in PublishedAttacks.Attacks)
            Show(writer, attack, album);

        var searched = Enumerable
            .Range(0, all.Count).Select(at => Compare(context, at, [new DeepFool()], [Untargeted], null, context.Recipe.Searched)).ToList();
        var budgets = searched[0].Rows
            .Where(row => row.Result.RobustnessCurve is not null).Select(row => (row.Network, row.Result.RobustnessCurve!)).ToList();
        writer.Draw(
            new RobustnessCurves("deep-fool", budgets),
            "The accuracy that each network keeps as larger changes are allowed (DeepFool, L2; first seed).");
        writer.Draw(new RobustnessBars("deep-fool", budgets), "The report's chart: how large a change each image needs (first seed).");
        writer.List(
            "splits",
            "What the changes consist of (first seed): the share of their energy that shifts the colour of stroke or ground evenly (recolouring), "
                + $"and the "
                + "share on the stroke.",
            ["attack", "network", "recolours", "on the stroke"],
            all[0]
                .Rows.Where(row => row.Result.Source is null && row.Result.Split is not null)
                .Select(row =>
                    (IReadOnlyList<string>)
                        [
                            Name(row.Result.Attack),
                            row.Network,
                            Numbers.Percent(row.Result.Split!.Color),
                            Numbers.Percent(row.Result.Split.OnStroke),
                        ]));
        AttackClaims.Write(context, writer, all, searched);
    }

    /// <summary>One seed under the report's attacks.</summary>
    private static Comparison Compare(StudyContext context, int seed, AttackSampler? sampler)
    {
        var quick = Compare(context, seed, [.. PublishedAttacks.Attacks.Take(2)], PublishedAttacks.Tasks, sampler, context.Recipe.Attacked);
        var slow = Compare(context, seed, [PublishedAttacks.Attacks[2]], PublishedAttacks.Tasks, sampler, context.Recipe.Searched);
        return quick with { Rows = [.. quick.Rows, .. slow.Rows] };
    }

    private static Comparison Compare(
        StudyContext context, int seed, IReadOnlyList<Attack> attacks, IReadOnlyList<AttackTask> tasks, AttackSampler? sampler, int most)
    {
        var victims = Trained.Where(name => seed < context.Trainings(name).Count).Select(name => (name, context.Model(name, seed))).ToList();
        try
        {
            return Comparison.Of(
                victims, context.Test(context.Recipe.Train, most), attacks, tasks, sampler is null ? null : sampler.Add, context.Run.For($"{seed}"));
        }
        finally
        {
            foreach (var (_, network) in victims) network.Dispose();
        }
    }

    private static void Show(ChapterWriter writer, Attack attack, AttackFigures album)
    {
        var name = Catalog.NameOf(attack);
        foreach (
            var (kind, caption) in new[]
            {
                ("changes", "before and after, the size of the change and the change with its sign (grey is none), on one scale for all networks"),
                ("gradients", "what each network is sensitive to and looks at, before and after, beside the change"),
            }
        )
        {
            if (album.Files.Any(file => Path.GetFileNameWithoutExtension(file) == $"{kind}-{name}-any"))
                writer.Show($"{kind}-{name}-any", $"{Name(attack)}: {caption}.", $"{Name(attack)} on {string.Join(", ", Trained)}: {caption}.");
        }
    }

    internal static string Name(Attack attack) =>
        attack switch
        {
            Fgsm => "FGSM",
            Pgd => "PGD",
            CarliniWagner => "Carlini-Wagner",
            _ => Catalog.NameOf(attack),
        };

    internal static string Task(AttackTask task) => task.Source is { } source ? $"{source} to {task.Criterion}" : "any wrong answer";

    private static string Percent(double? share) => share is { } given ? Numbers.Percent(given) : "–";
}
