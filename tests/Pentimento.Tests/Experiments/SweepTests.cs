using Pentimento.Experiments;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Operations;
using Pentimento.Painting;
using Pentimento.Training;

namespace Pentimento.Tests.Experiments;

public sealed class SweepTests
{
    private const string Small = """
        name: small
        limit: 200
        hold-out: 0.2
        usual: {epochs: 2, batch: 32, selection: "laziest:own=0.5"}
        trials:
          - optimizer: [adam:learning-rate=0.01, sgd:learning-rate=0.045]
            seed: [1, 2]
          - {optimizer: sgd:learning-rate=99, epochs: 1}
        """;

    [Fact]
    public void Lists_stand_for_every_combination_and_what_is_usual_yields_to_what_is_said()
    {
        var sweep = Read(Small);

        Assert.Equal(
            [
                ("adam:learning-rate=0.01,weight-decay=0", 1UL, 2),
                ("adam:learning-rate=0.01,weight-decay=0", 2UL, 2),
                ("sgd:learning-rate=0.045,momentum=0.9,weight-decay=0", 1UL, 2),
                ("sgd:learning-rate=0.045,momentum=0.9,weight-decay=0", 2UL, 2),
                ("sgd:learning-rate=99,momentum=0.9,weight-decay=0", 1UL, 1),
            ],
            sweep.Trials.Select(trial => (Catalog.Write(trial.Training.Optimizer), trial.Seed, trial.Training.Epochs)));
        Assert.All(sweep.Trials, trial => Assert.Equal(new Laziest(0.5), trial.Training.Selection));
    }

    [Fact]
    public void Precision_is_a_setting_that_reaches_the_training()
    {
        var trials = Read("name: x\ntrials: [{precision: [float32, bfloat16]}]").Trials;

        Assert.Equal([Precision.Float32, Precision.Bfloat16], trials.Select(trial => trial.Training.Precision));
    }

    [Fact]
    public void What_is_written_is_read_back_as_the_same_trials() => Assert.Equal(Read(Small).Trials, Read(Read(Small).ToYaml()).Trials);

    [Theory]
    [InlineData("laziest", 28)]
    [InlineData("smudging", 20)]
    [InlineData("annealing", 7)]
    [InlineData("invariance", 11)]
    public void The_sweeps_that_come_along_are_read(string name, int trials) => Assert.Equal(trials, Sweep.Read(name).Trials.Count);

    [Theory]
    [InlineData("name: x", "names its trials")]
    [InlineData("name: x\ntrials: []", "at least one trial")]
    [InlineData("name: x\ntrials: [{speed: 3}]", "has no setting 'speed'")]
    [InlineData("name: x\ntrials: [3]", "trials[0] is not a list of settings")]
    [InlineData("name: x\ntrials: [{epochs: []}]", "'epochs' makes 0 trials")]
    [InlineData("name: a/b\ntrials: [{epochs: 1}]", "letters, digits and hyphens")]
    public void A_sweep_that_cannot_be_run_is_refused_in_a_sentence(string text, string part) =>
        Assert.Contains(part, Assert.Throws<BadInputException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Trials_are_run_side_by_side_ranked_and_found_done_again()
    {
        using var scratch = new Scratch();
        var (sweep, run) = (Read(Small), scratch.At("run"));
        var library = Painted(scratch);

        var results = new SweepRun(sweep, run, library, RunContext.OnCpu()).Run(2);

        Assert.Equal(sweep.Trials.Select(trial => trial.Settings()), results.Select(trial => trial.Settings));
        Assert.Equal([null, null, null, null], results.Take(4).Select(trial => trial.Failure));
        Assert.Contains("diverged", results[4].Failure, StringComparison.Ordinal);
        Assert.All(results.Take(4), trial =>
            Assert.Equal((2, 40L, 200L), (trial.History.Count, trial.Validations[0].Count, trial.Evaluations[1].Count)));
        Assert.Equal(6, File.ReadAllLines(Path.Combine(run, "trials.csv")).Length);
        using (var best = ModelFile.Read(Path.Combine(run, results[0].Model!)))
            Assert.Equal(10, best.Classes);

        var ranked = TrialGroup.Rank(results);
        Assert.Equal([2, 2, 0], ranked.Select(group => group.Trials.Count));
        Assert.True(ranked[0].Score >= ranked[1].Score);
        // What every trial of a method shares is left out.
        Assert.Contains("optimizer=adam", ranked.Select(group => group.Name.Split(' ')[0]));

        using var heard = new Heard();
        var again = new SweepRun(sweep, run, library, heard.Run()).Run(1);
        Assert.Equal(results.Select(trial => Json.Line(trial)), again.Select(trial => Json.Line(trial)));
        Assert.All(heard.Ticks, tick => Assert.NotEqual("train", tick.Stage));

        // What decides a trial besides its settings decides its key: nothing of an earlier sweep in the folder is mixed in.
        var others = new SweepRun(sweep with { HoldOut = 0.4 }, run, library, RunContext.OnCpu()).Run(1);
        Assert.Equal(80, others[0].Validations[0].Count);
        Assert.Equal(results.Select(trial => Json.Line(trial)), new SweepRun(sweep, run, library, RunContext.OnCpu()).Run(1).Select(trial => Json.Line(trial)));
    }

    [Fact]
    public void How_many_are_trained_at_a_time_changes_no_byte()
    {
        using var scratch = new Scratch();
        var sweep = Read(Small);
        var library = Painted(scratch);

        foreach (var jobs in (int[])[1, 2])
            new SweepRun(sweep, scratch.At($"{jobs}"), library, RunContext.OnCpu()).Run(jobs);

        string[] Models(int jobs) =>
            [
                .. Directory
                    .GetFiles(scratch.At($"{jobs}/models"))
                    .Order()
                    .Select(file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))),
            ];
        Assert.Equal(Models(1), Models(2));
    }

    private static DataLibrary Painted(Scratch scratch)
    {
        foreach (var name in (string[])["rg_95z", "gr_95z"])
            DatasetFolder.Build(
                scratch.At($"cache/mnist-{Painter.Version}/{name}"),
                new(Canvas.Parse(name), Palette.Seed, new(0)),
                _ => Painting.Easel.Test,
                200,
                1,
                RunContext.OnCpu());
        return new(scratch.At("cache"), 1);
    }

    private static Sweep Read(string text)
    {
        using var scratch = new Scratch();
        return Sweep.Read(scratch.Write("sweep.yaml", text));
    }

    [Fact]
    public void A_result_is_of_its_own_trial_and_of_no_other_seeds()
    {
        var trial = new Trial { Training = new() { Epochs = 2 } };
        var result = new TrialResult(trial.Settings(), null, null, 0, null, [], [], []);

        Assert.True(result.IsOf(trial));
        Assert.False(result.IsOf(trial with { Seed = 2 }));
        Assert.False(result.IsOf(trial with { Training = new() { Epochs = 3 } }));
    }
}
