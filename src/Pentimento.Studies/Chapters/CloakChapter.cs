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
    private static readonly string[] Pupils = ["lazy", "irm", "repaired", "hardened"];
    private static readonly AttackTask Untargeted = AttackTask.Parse("any");

    public static void Write(StudyContext desk, ChapterWriter pen)
    {
        var set = desk.Test(desk.Recipe.Train, desk.Recipe.Attacked);
        var sampler = new AttackSampler(desk.Run);
        var all = Enumerable.Range(0, desk.Trainings("lazy").Count).Select(at => Compare(desk, at, at == 0 ? sampler : null)).ToList();
        var album = new AttackAlbum(pen.Figures);
        album.Add(sampler.Samples);
        pen.Say(
            $"FGSM and PGD may change a pixel by 0.05 of its range; Carlini and Wagner's attack has no such limit, as in the report, and looks for "
                + $"the smallest change. A success counts only an image that the network answers right beforehand; {Numbers.Whole(set.Count)} images "
                    + $"with {CanvasMeaning.Title(set.Name)}, for Carlini and Wagner's {desk.Recipe.Searched}, and for 7 to 3 the sevens among them."
        );
        pen.List(
            "attacks",
            "Share of right answers that were turned, mean over seeds (and range), beside the report's figures for its lazy and its robust network.",
            ["attack", "wanted", "report: lazy", "report: robust", .. Pupils],
            from attack in PublishedAttacks.Attacks
            from task in PublishedAttacks.Tasks
            select (IReadOnlyList<string>)
                [
                    Name(attack),
                    Task(task),
                    Percent(PublishedAttacks.Rate(attack, task, 0)),
                    Percent(PublishedAttacks.Rate(attack, task, 1)),
                    .. Pupils.Select(pupil => AttackClaims.Rate(all, pupil, attack, task).Percent),
                ]);
        foreach (var attack in PublishedAttacks.Attacks)
            Show(pen, attack, album);

        var searched = Enumerable
            .Range(0, all.Count).Select(at => Compare(desk, at, [new DeepFool()], [Untargeted], null, desk.Recipe.Searched)).ToList();
        var budgets = searched[0].Rows
            .Where(row => row.Result.RobustnessCurve is not null).Select(row => (row.Network, row.Result.RobustnessCurve!)).ToList();
        pen.Draw(
            new RobustnessCurves("deep-fool", budgets),
            "The accuracy that each network keeps as larger changes are allowed (DeepFool, L2; first seed).");
        pen.Draw(new RobustnessBars("deep-fool", budgets), "The report's chart: how large a change each image needs (first seed).");
        pen.List(
            "splits",
            "What the changes consist of (first seed): the share of their energy that shifts the colour of stroke or ground evenly (repainting), "
                + $"and the "
                + "share on the stroke.",
            ["attack", "network", "repaints", "on the stroke"],
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
        AttackClaims.Write(desk, pen, all, searched);
    }

    /// <summary>One seed under the report's attacks.</summary>
    private static Comparison Compare(StudyContext desk, int seed, AttackSampler? sampler)
    {
        var quick = Compare(desk, seed, [.. PublishedAttacks.Attacks.Take(2)], PublishedAttacks.Tasks, sampler, desk.Recipe.Attacked);
        var slow = Compare(desk, seed, [PublishedAttacks.Attacks[2]], PublishedAttacks.Tasks, sampler, desk.Recipe.Searched);
        return quick with { Rows = [.. quick.Rows, .. slow.Rows] };
    }

    private static Comparison Compare(
        StudyContext desk, int seed, IReadOnlyList<Attack> attacks, IReadOnlyList<AttackTask> tasks, AttackSampler? sampler, int most)
    {
        var victims = Pupils.Where(name => seed < desk.Trainings(name).Count).Select(name => (name, desk.Model(name, seed))).ToList();
        try
        {
            return Comparison.Of(
                victims, desk.Test(desk.Recipe.Train, most), attacks, tasks, sampler is null ? null : sampler.Add, desk.Run.For($"{seed}"));
        }
        finally
        {
            foreach (var (_, network) in victims) network.Dispose();
        }
    }

    private static void Show(ChapterWriter pen, Attack attack, AttackAlbum album)
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
                pen.Show($"{kind}-{name}-any", $"{Name(attack)}: {caption}.", $"{Name(attack)} on {string.Join(", ", Pupils)}: {caption}.");
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
