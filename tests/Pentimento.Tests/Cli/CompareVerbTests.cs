namespace Pentimento.Tests.Cli;

public sealed class CompareVerbTests
{
    private static readonly string Weights = Oracle.At("weights.npz");
    private static readonly string Images = Oracle.At("images.npz");

    [Fact]
    public void Networks_are_compared_over_their_own_and_over_their_common_right_images()
    {
        using var scratch = new Scratch();
        var answer = Command
            .Succeed(
                "compare",
                $"one={Weights}",
                $"two={Weights}",
                "--network",
                "cnn3",
                "--data",
                Images,
                "--limit",
                "40",
                "--with",
                "fgsm:radius=0.05",
                "deep-fool:steps=20",
                "--target",
                "any",
                "7:3",
                "--out",
                scratch.Folder,
                "--json")
            .Json;

        var rows = answer["rows"]!.AsArray();
        Assert.Equal(8, rows.Count);
        Assert.Equal(["one", "two", "one", "two"], rows.Take(4).Select(row => row!["network"]!.GetValue<string>()));
        // The same network twice: the common images are its own, and so is the rate.
        Assert.All(rows, row => Assert.Equal(row!["result"]!["count"]!.GetValue<int>(), row["commonCount"]!.GetValue<int>()));
        Assert.Equal(rows[0]!["result"]!["successRate"]!.GetValue<double>(), rows[1]!["commonRate"]!.GetValue<double>());
        Assert.Equal(7, rows[4]!["result"]!["source"]!.GetValue<int>());
        // Only an attack that looks for the smallest change has a budget to draw.
        Assert.Null(rows[0]!["result"]!["robustnessCurve"]);
        Assert.True(rows[2]!["result"]!["robustnessCurve"]!["curve"]!.AsArray().Count > 10);
        foreach (
            var file in new[]
            {
                "changes-fgsm-any.png",
                "gradients-deep-fool-7-3.png",
                "robustness-curve-deep-fool-any.svg",
                "smallest-perturbations-deep-fool-any.png",
            }
        )
            Assert.True(File.Exists(scratch.At(file)), file);
    }

    [Fact]
    public void The_published_tables_stand_beside_ours()
    {
        var rows = Command
            .Succeed(
                "compare",
                $"lazy={Weights}",
                $"robust={Weights}",
                "--network",
                "cnn3",
                "--data",
                Images,
                "--limit",
                "10",
                "--published",
                "--json")
            .Json["rows"]!.AsArray();

        Assert.Equal(12, rows.Count);
        Assert.Equal(0.996, rows[0]!["published"]!.GetValue<double>());
        Assert.Equal(
            [0.406, 0.022],
            rows.Where(row =>
                    row!["result"]!["attack"]!.GetValue<string>().StartsWith("carlini", StringComparison.Ordinal)
                    && row["result"]!["criterion"]!.GetValue<string>() == "3")
                .Select(row => row!["published"]!.GetValue<double>()));
        // The report's attack by Carlini and Wagner has no limit on pixels.
        Assert.All(
            rows.Where(row => !row!["result"]!["attack"]!.GetValue<string>().StartsWith("carlini", StringComparison.Ordinal)),
            row => Assert.InRange(row!["result"]!["medianLinf"]?.GetValue<double>() ?? 0, 0, 0.05));
    }

    [Theory]
    [InlineData("Two networks are called weights", "weights.npz", "weights.npz")]
    [InlineData("did you mean 'fgsm'", "weights.npz", "--with", "fgms")]
    [InlineData("such as 7:3", "weights.npz", "--target", "seven:3")]
    public void Bad_input_is_told(string part, params string[] rest)
    {
        string[] arguments =
        [
            "compare",
            .. rest.Select(word => word == "weights.npz" ? Weights : word),
            "--network",
            "cnn3",
            "--data",
            Images,
            "--limit",
            "5",
        ];

        Assert.Contains(part, Command.Complaint(1, arguments), StringComparison.Ordinal);
    }

    [Fact]
    public void Attack_draws_and_takes_goals_that_depend_on_the_image()
    {
        using var scratch = new Scratch();
        var answer = Command
            .Succeed(
                "attack",
                Weights,
                "--network",
                "cnn3",
                "--data",
                Images,
                "--limit",
                "30",
                "--with",
                "momentum-pgd:radius=0.1",
                "--target",
                "least-likely",
                "--out",
                scratch.At("attack.png"),
                "--json")
            .Json;

        Assert.Equal("least-likely", answer["criterion"]!.GetValue<string>());
        Assert.Null(answer["target"]);
        Assert.InRange(answer["split"]!["color"]?.GetValue<double>() ?? 0, 0, 1);
        Assert.True(Pentimento.Data.ImageFile.ShapeOf(scratch.At("attack.png")).Height > 8 * 100);
    }
}
