using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Style;
using Pentimento.Studies.Parts;

namespace Pentimento.Studies.Chapters;

/// <summary>Blurred first layers and pooling by channel: do they slow the reliance on colour?</summary>
internal static class SmudgingChapter
{
    private const string Gaussian = "stem=gaussian";
    private const string ByChannel = "pooling=channel-wise";

    // The place of the noisy set among those that the sweep evaluates, and the accuracy that counts as a gain.
    private const int Noisy = 3;
    private const double Gained = 0.01;

    public static void Write(StudyContext context, ChapterWriter writer)
    {
        var trials = context.Sweep("smudging", Sweep.Read(context.Recipe.Smudging)).Where(trial => trial.Failure is null).ToList();
        var kinds = trials
            .GroupBy(trial => Kind(trial))
            .ToDictionary(group => group.Key, group => group.OrderBy(trial => trial.Settings["seed"], StringComparer.Ordinal).ToList());
        var sets = trials[0].Evaluations.Select(set => set.Data).ToList();
        SeedSpread On(string kind, int place) => SeedSpread.Of(kinds[kind].Select(trial => trial.Evaluations[place].Accuracy));
        writer.Say(
            "The report's two changes to the network, alone and together: a first layer that is a fixed Gaussian blur, and max pooling that "
                + "treats each channel by itself."
        );
        writer.List(
            "smudging",
            $"Mean accuracy (and range over {Numbers.Counted(kinds.Values.First().Count, "seed")}), "
                + $"{Numbers.Counted(trials[0].Evaluations[0].Count, "test image")}.",
            ["network", "seeds", .. sets],
            kinds.Select(kind => (IReadOnlyList<string>)[kind.Key, $"{kind.Value.Count}", .. sets.Select((_, place) => On(kind.Key, place).Percent)])
        );
        var bars = sets.Take(2)
            .Select((set, place) => new BarSeries(set, PlotColors.Sets[place], [.. kinds.Keys.Select(kind => Bar(kind, On(kind, place)))]))
            .ToList();
        writer.Draw(
            new Bars("smudging-bars", $"Accuracy of {string.Join(", ", kinds.Keys)} on {sets[0]} and {sets[1]}.", "accuracy", bars),
            "Own and reversed accuracy of each network; brackets are the range over seeds.");
        if (!kinds.TryGetValue("plain", out var plain))
            return;

        var images = trials[0].Evaluations[0].Count;
        var basis = $"{On("plain", 0).Seeds}, {Numbers.Whole(images)} test images";
        Estimate Gain(string kind, int place) => Estimate.Difference(On(kind, place).Values, On("plain", place).Values, images);
        if (kinds.ContainsKey("Gaussian stem"))
        {
            writer.Claim(
                "A fixed Gaussian first layer suppresses colour and lets shape surface.",
                $"{sets[1]}: {On("plain", 1).Percent} without, {On("Gaussian stem", 1).Percent} with it. But not for the reason given: one kernel "
                    + $"over "
                    + $"all three colours adds them up, so the network sees a grey image and could not cheat if it wanted to.",
                basis, Gain("Gaussian stem", 1), Bound.Above(Gained), "smudging");
            if (sets.Count > Noisy)
            {
                double[] Lost(string kind) => [.. On(kind, 0).Values.Zip(On(kind, Noisy).Values, (clean, noisy) => clean - noisy)];
                writer.Claim(
                    "The blur reduces the network's sensitivity to noise.",
                    $"From {sets[0]} to {sets[Noisy]} plain training loses {SeedSpread.Of(Lost("plain")).Percent} of accuracy, with the blur it "
                        + $"loses "
                        + $"{SeedSpread.Of(Lost("Gaussian stem")).Percent}; the effect is what the blur saves.",
                    basis, Estimate.Difference(Lost("plain"), Lost("Gaussian stem")), Bound.Above(Gained), "smudging");
            }
        }

        if (kinds.TryGetValue("pooling by channel", out var byChannel))
        {
            var apart = plain
                .Zip(byChannel)
                .Max(pair => pair.First.Evaluations.Zip(pair.Second.Evaluations).Max(sets => Math.Abs(sets.First.Accuracy - sets.Second.Accuracy)));
            writer.Claim(
                "Channel-wise pooling slows the reliance on colour.",
                apart == 0
                    ? "Nothing changes, to the last image and for every seed: max pooling always was channel by channel, so the new layer is the "
                        + "old one."
                    : $"The networks differ by at most {Numbers.Percent(apart)}.",
                basis, Gain("pooling by channel", 1), Bound.Above(Gained), "smudging");
        }
    }

    private static Bar Bar(string kind, SeedSpread spread) => new(kind, spread.Mean, spread.Values.Min(), spread.Values.Max());

    private static string Kind(TrialResult trial) =>
        (trial.Settings["network"].Contains(Gaussian), trial.Settings["network"].Contains(ByChannel)) switch
        {
            (false, false) => "plain",
            (true, false) => "Gaussian stem",
            (false, true) => "pooling by channel",
            _ => "both",
        };
}
