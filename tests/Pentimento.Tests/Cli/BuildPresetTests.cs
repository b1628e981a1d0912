namespace Pentimento.Tests.Cli;

/// <summary><c>build --preset</c> as users run it.</summary>
public sealed class BuildPresetTests
{
    [Fact]
    public void A_preset_is_built_beside_named_sets_and_trains_as_data()
    {
        using var scratch = new Scratch();

        var built = Command.Succeed("build", "rg_95z", "--preset", "arjovsky:first=0.3", "--limit", "200", "--out", scratch.Folder, "--json").Json;

        Assert.Equal(
            [("rg_95z", 200, 200), ("arjovsky", 400, 200)],
            built["datasets"]!
                .AsArray()
                .Select(set => (set!["name"]!.GetValue<string>(), set["train"]!.GetValue<int>(), set["test"]!.GetValue<int>())));
        Assert.Equal(
            [
                ("env1", "train", scratch.At("arjovsky/env1.npz")),
                ("env2", "train", scratch.At("arjovsky/env2.npz")),
                ("test", "test", scratch.At("arjovsky/test.npz")),
            ],
            built["sets"]!
                .AsArray()
                .Select(set => (set!["name"]!.GetValue<string>(), set["split"]!.GetValue<string>(), set["file"]!.GetValue<string>())));
        var trained = Command
            .Succeed(
                "train",
                "--data",
                $"{scratch.At("arjovsky/env1.npz")},{scratch.At("arjovsky/env2.npz")}",
                "--evaluate",
                scratch.At("arjovsky/test.npz"),
                "--objective",
                "v-rex",
                "--epochs",
                "1",
                "--out",
                scratch.At("model.safetensors"),
                "--json")
            .Json;
        Assert.Equal(200, trained["evaluations"]![0]!["count"]!.GetValue<int>());
    }

    [Fact]
    public void The_files_do_not_depend_on_threads_but_on_the_seed()
    {
        using var scratch = new Scratch();
        foreach (var (folder, threads, seed) in new[] { ("one", "1", "5"), ("two", "2", "5"), ("other", "2", "6") })
            Command.Succeed(
                "build",
                "--preset",
                "lff",
                "--limit",
                "300",
                "--threads",
                threads,
                "--seed",
                seed,
                "--out",
                scratch.At(folder),
                "--json");

        foreach (var file in new[] { "train.npz", "valid.npz", "metadata.json" })
        {
            Assert.Equal(File.ReadAllBytes(scratch.At($"one/lff/{file}")), File.ReadAllBytes(scratch.At($"two/lff/{file}")));
            Assert.NotEqual(File.ReadAllBytes(scratch.At($"one/lff/{file}")), File.ReadAllBytes(scratch.At($"other/lff/{file}")));
        }
    }

    [Fact]
    public void Nothing_to_build_or_one_preset_twice_is_wrong_usage()
    {
        Assert.Contains("--preset SPEC", Command.Complaint(2, "build"), StringComparison.Ordinal);
        Assert.Contains(
            "share a folder",
            Command.Complaint(2, "build", "--preset", "rebias", "--preset", "Rebias:rho=0.99"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("did you mean 'rebias'", "rebais")]
    [InlineData("did you mean 'rho'", "rebias:roh=0.9")]
    [InlineData("rebias.rho: 1.5", "rebias:rho=1.5")]
    [InlineData("one of magnitude-large", "spuco:difficulty=tiny")]
    public void A_preset_that_cannot_be_meant_is_refused_in_a_sentence(string part, string spec) =>
        Assert.Contains(part, Command.Complaint(1, "build", "--preset", spec), StringComparison.Ordinal);
}
