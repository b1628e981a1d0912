using Pentimento.Attacks;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Findings;
using Pentimento.Studies.Parts;

namespace Pentimento.Studies.Chapters;

/// <summary>The report's three attacks on a network that cheats, on two that were cured of colour, and on one that was trained against
/// attacks.</summary>
internal static class CloakChapter
{
    private const int Searched = 100;
    private static readonly string[] Pupils = ["lazy", "rex", "repaired", "hardened"];

    public static void Write(StudyContext desk, ChapterWriter pen)
    {
        var set = desk.Test(desk.Recipe.Train, desk.Recipe.Attacked);
        var sampler = new AttackSampler(desk.Run);
        var first = Compare(desk, 0, PublishedAttacks.Attacks, PublishedAttacks.Tasks, sampler);
        var album = new AttackAlbum(pen.Figures);
        album.Add(sampler.Samples);
        // Constants are searched for each image, which takes long: the other seeds are attacked by gradients alone.
        var others = Enumerable
            .Range(1, Math.Max(0, desk.Trainings("lazy").Count - 1))
            .Select(at => Compare(desk, at, [.. PublishedAttacks.Attacks.Take(2)], PublishedAttacks.Tasks, null))
            .ToList();
        Comparison[] all = [first, .. others];
        pen.Say(
            $"Each attack may change a pixel by 0.05 of its range. A success counts only an image that the network answers right beforehand; "
                + $"{Numbers.Whole(set.Count)} images with {CanvasMeaning.Title(set.Name)}, and for 7 to 3 the sevens among them."
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
                    .. Pupils.Select(pupil => Rate(all, pupil, attack, task).Percent),
                ]);
        foreach (var attack in PublishedAttacks.Attacks)
            Show(pen, attack, album);

        var deep = Compare(desk, 0, [new DeepFool()], [AttackTask.Parse("any")], null, Searched);
        var budgets = deep.Rows
            .Where(row => row.Result.RobustnessCurve is not null).Select(row => (row.Network, row.Result.RobustnessCurve!)).ToList();
        pen.Draw(new RobustnessCurves("deep-fool", budgets), "The accuracy that each network keeps as larger changes are allowed (DeepFool, L2).");
        pen.Draw(new RobustnessBars("deep-fool", budgets), "The report's chart: how large a change each image needs.");
        pen.List(
            "splits",
            "What the changes consist of: the share of their energy that shifts the colour of stroke or ground evenly (repainting), and the "
                + "share on the stroke.",
            ["attack", "network", "repaints", "on the stroke"],
            first
                .Rows.Where(row => row.Result.Source is null && row.Result.Split is not null)
                .Select(row =>
                    (IReadOnlyList<string>)
                        [
                            Name(row.Result.Attack),
                            row.Network,
                            Numbers.Percent(row.Result.Split!.Color),
                            Numbers.Percent(row.Result.Split.OnStroke),
                        ]));
        Claims(desk, pen, all, budgets);
    }

    private static void Claims(StudyContext desk, ChapterWriter pen, Comparison[] all, List<(string Network, RobustnessCurve Budget)> budgets)
    {
        var (any, seven, attacks) = (PublishedAttacks.Tasks[0], PublishedAttacks.Tasks[1], PublishedAttacks.Attacks);
        SeedSpread On(string pupil, Attack attack, AttackTask task) => Rate(all, pupil, attack, task);
        var basis = $"{all.Length} seeds, {Numbers.Whole(all[0].Count)} images";
        var reversed = desk.Evaluate("lazy", 0, network =>
                Comparison.Of([("lazy", network)], desk.Test(desk.Recipe.Reversed, desk.Recipe.Attacked), [attacks[0]], [any], null, desk.Run))
            .Rows[0]
            .Result;
        pen.Claim(
            "FGSM turns 99.6% of the lazy network's answers and 6.4% of the robust one's.",
            $"{On("lazy", attacks[0], any).Percent} and {On("rex", attacks[0], any).Percent}. On {reversed.Data} "
                + $"{Numbers.Percent(reversed.ShareOfAll)} of the lazy network's answers are wrong after the attack, nearly all of which were "
                    + $"wrong before it: counted as successes they give the report's figure.",
            basis, Rulings.Above(On("lazy", attacks[0], any).Mean, 0.9), "attacks");
        pen.Claim(
            "PGD turns all of the lazy network's answers and 6.0% of the robust one's.",
            $"{On("lazy", attacks[1], any).Percent} and {On("rex", attacks[1], any).Percent}.",
            basis,
            Rulings.Above(On("lazy", attacks[1], any).Mean, 0.9),
            "attacks");
        var pairs = (
            from pupil in Pupils
            from task in PublishedAttacks.Tasks
            select (Step: On(pupil, attacks[0], task).Mean, Many: On(pupil, attacks[1], task).Mean)
        ).ToList();
        pen.Claim(
            "PGD succeeds more often than FGSM under the same budget.",
            $"In {pairs.Count(pair => pair.Many >= pair.Step)} of {pairs.Count} networks and tasks at least as often.",
            basis,
            Rulings.Of(pairs.Count(pair => pair.Many >= pair.Step), pairs.Count),
            "attacks");
        var wins = Pupils.Count(pupil =>
            One(all[0], pupil, attacks[2], seven) >= Math.Max(One(all[0], pupil, attacks[0], seven), One(all[0], pupil, attacks[1], seven)));
        string Of(string pupil, int attack) => Numbers.Percent(One(all[0], pupil, attacks[attack], seven));
        string Rates(string pupil) => $"{pupil} FGSM {Of(pupil, 0)}, PGD {Of(pupil, 1)}, C&W {Of(pupil, 2)}";
        pen.Claim(
            "Carlini-Wagner is the strongest towards a class.",
            $"7 to 3: {string.Join(", ", Pupils.Select(Rates))}.",
            $"1 seed, {Numbers.Whole(all[0].Count)} images",
            Rulings.Of(wins, Pupils.Length),
            "attacks");
        var (lazy, cured) = (On("lazy", attacks[1], any), On("rex", attacks[1], any));
        var weaker = Enumerable
            .Range(0, all.Length)
            .Count(at => One(all[at], "lazy", attacks[1], any) > One(all[at], At(desk, "rex", at), attacks[1], any));
        pen.Claim(
            "A network cured of colour is robust to attack; the lazy one is not.",
            $"PGD: lazy {lazy.Percent}, REx {cured.Percent}, repaired {On("repaired", attacks[1], any).Percent}; trained against attacks "
                + $"{On("hardened", attacks[1], any).Percent}. Being cured of a shortcut is not being robust.",
            basis,
            Rulings.Of(weaker, all.Length),
            "attacks");
        double? Median(string name) => budgets.First(entry => entry.Network == name).Budget.Median;
        pen.Claim(
            "Smaller changes fool the lazy network than the robust one.",
            $"Half of the lazy network's images need a change of {Numbers.Decimal(Median("lazy"), 2)} (L2, DeepFool), half of REx's "
                + $"{Numbers.Decimal(Median("rex"), 2)}.",
            $"1 seed, {Searched} images",
            Rulings.If(Median("lazy") < Median("rex")),
            "robustness-curve-deep-fool");
        var (spread, focused) = (Split(all[0], "lazy", attacks[2]), Split(all[0], "rex", attacks[2]));
        if (spread is null || focused is null)
            pen.Claim(
                "The lazy network is fooled by changes to the background, the robust one by changes near the shape.",
                "Too few images were fooled.",
                basis,
                Ruling.CannotBeTested);
        else
        {
            pen.Claim(
                "The lazy network is fooled by changes to the background, the robust one by changes near the shape.",
                $"{Numbers.Percent(spread.OnStroke)} of the energy lies on the stroke for lazy, {Numbers.Percent(focused.OnStroke)} for REx (the "
                    + $"stroke is {Numbers.Percent(focused.StrokeArea)} of the image). What differs is the kind: {Numbers.Percent(spread.Color)} "
                        + $"of lazy's changes repaint evenly, {Numbers.Percent(focused.Color)} of REx's.",
                $"1 seed, {spread.Count} and {focused.Count} images",
                spread.OnStroke < focused.OnStroke ? Ruling.HoldsInPart : Ruling.DoesNotHold,
                "splits");
        }

        pen.Claim(
            "The changes cannot be seen.",
            "At most 0.05 of a pixel's range, to the last bit. Whether that can be seen the pictures show.",
            basis,
            Ruling.Holds,
            "changes-fgsm-any");
    }

    private static Comparison Compare(
        StudyContext desk,
        int seed,
        IReadOnlyList<Attack> attacks,
        IReadOnlyList<AttackTask> tasks,
        AttackSampler? sampler,
        int most = int.MaxValue)
    {
        var victims = Pupils.Where(name => seed < desk.Trainings(name).Count).Select(name => (name, desk.Model(name, seed))).ToList();
        try
        {
            return Comparison.Of(
                victims,
                desk.Test(desk.Recipe.Train, Math.Min(most, desk.Recipe.Attacked)),
                attacks,
                tasks,
                sampler is null ? null : sampler.Add,
                desk.Run.For($"{seed}"));
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

    private static SeedSpread Rate(Comparison[] all, string pupil, Attack attack, AttackTask task) =>
        SeedSpread.Of(all.Select(one => Row(one, pupil, attack, task)).OfType<ComparisonRow>().Select(row => row.Result.SuccessRate));

    private static double One(Comparison one, string pupil, Attack attack, AttackTask task) => Row(one, pupil, attack, task)!.Result.SuccessRate;

    private static PerturbationSplit? Split(Comparison one, string pupil, Attack attack) =>
        Row(one, pupil, attack, PublishedAttacks.Tasks[0])?.Result.Split;

    private static ComparisonRow? Row(Comparison one, string pupil, Attack attack, AttackTask task) =>
        one.Rows.FirstOrDefault(row =>
            row.Network == pupil
            && row.Result.Attack == attack
            && row.Result.Source == task.Source
            && row.Result.Criterion == task.Criterion);

    // A pupil with fewer seeds than the lazy network stands in with none: the comparison takes only seeds that both have.
    private static string At(StudyContext desk, string pupil, int seed) => seed < desk.Trainings(pupil).Count ? pupil : "lazy";

    private static string Name(Attack attack) =>
        attack switch
        {
            Fgsm => "FGSM",
            Pgd => "PGD",
            CarliniWagner => "Carlini-Wagner",
            _ => Catalog.NameOf(attack),
        };

    private static string Task(AttackTask task) => task.Source is { } source ? $"{source} to {task.Criterion}" : "any wrong answer";

    private static string Percent(double? share) => share is { } given ? Numbers.Percent(given) : "–";
}
