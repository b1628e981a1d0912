using Pentimento.Experiments;
using Pentimento.Painting;
using Pentimento.Tests.Cli;

namespace Pentimento.Tests.Experiments;

public sealed class SweepTrainingsTests
{
    private const string Two = """
        name: two
        limit: 200
        trials: [{optimizer: [adam, sgd], epochs: 1, seed: [1, 2]}]
        """;

    [Fact]
    public void The_command_trains_every_setting_with_the_users_seed_once_and_draws_the_plot()
    {
        using var scratch = new Scratch();
        Paint(scratch);
        string[] sweep =
        [
            "sweep", scratch.Write("two.yaml", Two), "--limit", "100", "--seed", "7", "--out", scratch.At("run"), "--cache", scratch.At("cache"),
        ];

        var json = Command.Succeed([.. sweep, "--json"]).Json;
        var text = Command.Succeed(sweep);

        Assert.Equal(["run", "table", "figure", "selected", "trials", "best", "written"], json.AsObject().Select(pair => pair.Key));
        // Seeds 1 and 2 are both 7 now, so that one trial a setting is left.
        Assert.Equal(["7", "7"], json["trials"]!.AsArray().Select(trial => trial!["settings"]!["seed"]!.GetValue<string>()));
        Assert.Equal(100, json["trials"]![0]!["evaluations"]![0]!["count"]!.GetValue<int>());
        Assert.Equal(scratch.At("run/figures/own-against-reversed.png"), json["figure"]!.GetValue<string>());
        Assert.True(File.Exists(json["figure"]!.GetValue<string>()));
        Assert.True(File.Exists(Path.Combine(scratch.At("run"), json["best"]!["model"]!.GetValue<string>())));
        Assert.Contains($"Table: {scratch.At("run/trials.csv")}", text.Output, StringComparison.Ordinal);
        Assert.Contains("held-out rg_95z", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("train", text.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_sweep_says_how_it_goes_on()
    {
        using var scratch = new Scratch();
        var sweep = new SweepTrainings { Recipe = scratch.Write("two.yaml", Two) };

        var named = (SweepTrainings)(sweep with { Out = scratch.At("run") }).Prepared();
        var nameless = (SweepTrainings)sweep.Prepared();

        Assert.Equal(
            $"Finished trials are kept. Continue with: pentimento sweep two.yaml --jobs 2 --out {scratch.At("run")}",
            named.Resumption!.Sentence(["sweep", "two.yaml", "--jobs", "2"]));
        // Whoever has named the folder says it again, and not twice.
        Assert.EndsWith($"two.yaml --out={scratch.At("run")}", named.Resumption.Sentence(["sweep", "two.yaml", $"--out={scratch.At("run")}"]));
        Assert.StartsWith(Path.GetFullPath("runs/two-"), nameless.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_wrong_usage() =>
        Assert.Contains("--jobs", Command.Complaint(2, "sweep", "laziest", "--jobs", "-1"), StringComparison.Ordinal);

    private static void Paint(Scratch scratch)
    {
        foreach (var name in (string[])["rg_95z", "gr_95z"])
            DatasetFolder.Build(
                scratch.At($"cache/mnist-{Painter.Version}/{name}"),
                new(Canvas.Parse(name), Palette.Seed, new(0)),
                _ => Painting.Easel.Test,
                200,
                1,
                RunContext.OnCpu());
    }
}
