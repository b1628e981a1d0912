using Pentimento.Data;

namespace Pentimento.Tests.Cli;

/// <summary>Painting from the command line.</summary>
public sealed class BuildVerbTests
{
    [Fact]
    public void Build_paints_the_same_files_whatever_the_threads()
    {
        using var one = new Scratch();
        using var two = new Scratch();

        var built = Command.Succeed("build", "GR_95e", "--limit", "600", "--threads", "1", "--seed", "5", "--out", one.Folder, "--json").Json[
            "datasets"
        ]![0]!;
        Command.Succeed("build", "gr_95e", "--limit", "600", "--threads", "2", "--seed", "5", "--out", two.Folder, "--json");

        Assert.Equal(("gr_95e", 600, 600), (built["name"]!.GetValue<string>(), built["train"]!.GetValue<int>(), built["test"]!.GetValue<int>()));
        foreach (var file in new[] { "train_data.npz", "test_data.npz", "metadata.txt", "metadata.json" })
            Assert.Equal(File.ReadAllBytes(one.At($"gr_95e/{file}")), File.ReadAllBytes(two.At($"gr_95e/{file}")));
    }

    [Fact]
    public void Build_all_paints_the_ten_sets_of_the_seed_and_show_draws_one()
    {
        using var scratch = new Scratch();

        var built = Command.Succeed("build", "--all", "--limit", "20", "--out", scratch.Folder, "--json").Json["datasets"]!.AsArray();
        Command.Succeed("show", scratch.At("gr_95h"), "--by", "colors", "--out", scratch.At("sheet.png"), "--json");
        var table = Command.Succeed("info", scratch.At("rg_100z"), "--json").Json["test"]!["dependence"]!["colors"]!;

        Assert.Equal(10, built.Count);
        Assert.True(ImageFile.ShapeOf(scratch.At("sheet.png")).Width > 28);
        Assert.Equal(1, table["cramersV"]!.GetValue<double>(), 6);
    }

    [Fact]
    public void Build_stores_the_same_arrays_unpacked()
    {
        using var packed = new Scratch();
        using var stored = new Scratch();

        Command.Succeed("build", "rg_95e", "--limit", "30", "--out", packed.Folder);
        Command.Succeed("build", "rg_95e", "--limit", "30", "--store", "--out", stored.Folder);

        Assert.Equal(File.ReadAllBytes(packed.At("rg_95e/metadata.json")), File.ReadAllBytes(stored.At("rg_95e/metadata.json")));
        using var archive = System.IO.Compression.ZipFile.OpenRead(stored.At("rg_95e/test_data.npz"));
        Assert.All(archive.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
        Assert.True(
            (byte[])Npz.Read(packed.At("rg_95e/test_data.npz"))["images"].Data is { } pixels
                && pixels.SequenceEqual((byte[])Npz.Read(stored.At("rg_95e/test_data.npz"))["images"].Data));
    }
}
