using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Painting.Presets;

namespace Pentimento.Tests.Painting.Presets;

public sealed class PresetFolderTests
{
    private static readonly Preset Preset = new Spuco(LabelNoise: 0.1);

    [Fact]
    public void A_folder_holds_one_npz_a_set_and_their_metadata()
    {
        using var scratch = new Scratch();

        var entries = Build(scratch.At("spuco"), limit: 50);
        var metadata = JsonNode.Parse(File.ReadAllText(scratch.At("spuco/metadata.json")))!;

        Assert.Equal(
            [("train", Split.Train, 50), ("val", Split.Test, 50), ("test", Split.Test, 50)],
            entries.Select(entry => (entry.Name, entry.Split, entry.Count)));
        Assert.Equal(["metadata.json", "test.npz", "train.npz", "val.npz"], Directory.GetFiles(scratch.At("spuco")).Select(Path.GetFileName).Order());
        Assert.Equal(Preset, Catalog.Read<Preset>(metadata["preset"]!.GetValue<string>()));
        Assert.Contains("arXiv:2306.11957", metadata["citation"]!.GetValue<string>(), StringComparison.Ordinal);
        foreach (var set in metadata["sets"]!.AsArray())
        {
            var arrays = Npz.Read(scratch.At($"spuco/{set!["file"]}"));
            Assert.Equal(arrays.Keys.Order(), set["arrays"]!.AsObject().Select(pair => pair.Key).Order());
            foreach (var (key, node) in set["arrays"]!.AsObject())
                Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Npy.Bytes(arrays[key].Data))), node!["sha256"]!.GetValue<string>());
        }
    }

    [Fact]
    public void True_labels_travel_with_noisy_ones_and_a_limit_takes_the_first()
    {
        using var scratch = new Scratch();
        Build(scratch.At("few"), limit: 30);
        Build(scratch.At("more"), limit: 60);

        var (few, more) = (ImageSetFile.Read(scratch.At("few/train.npz"), "few"), ImageSetFile.Read(scratch.At("more/train.npz"), "more"));

        Assert.Equal(30, few.Count);
        Assert.Equal(more.First(30).Pixels, few.Pixels);
        Assert.Equal(60, Npz.Read(scratch.At("more/train.npz"))["true_labels"].AsLabels("truth").Length);
    }

    [Fact]
    public void A_preset_is_replaced_and_a_folder_of_other_things_never()
    {
        using var scratch = new Scratch();
        Build(scratch.At("spuco"), limit: 20);
        Assert.Equal(30, Build(scratch.At("spuco"), limit: 30)[0].Count);

        scratch.Write("spuco/notes.txt", "dear");

        Assert.Contains("holds other things", Assert.Throws<BadInputException>(() => Build(scratch.At("spuco"), limit: 5)).Message);
        Assert.Equal("dear", File.ReadAllText(scratch.At("spuco/notes.txt")));
    }

    [Fact]
    public void A_folder_whose_metadata_is_someone_elses_is_left_alone()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch.At("theirs"));
        foreach (var text in (string[])["not json", "[]", "{\"name\":\"rg_95z\"}"])
        {
            scratch.Write("theirs/metadata.json", text);
            scratch.Write("theirs/train.npz", "dear");
            Assert.Contains("holds other things", Assert.Throws<BadInputException>(() => Build(scratch.At("theirs"), limit: 5)).Message);
        }
    }

    [Fact]
    public void A_cancelled_build_leaves_the_old_folder_whole()
    {
        using var scratch = new Scratch();
        using var heard = new Heard(tick => tick.Stage.EndsWith("val", StringComparison.Ordinal));
        Build(scratch.At("spuco"), limit: 20);

        Assert.ThrowsAny<OperationCanceledException>(() => PresetFolder.Build(scratch.At("spuco"), Preset, _ => Easel.Test, 30, new(0), heard.Run()));

        Assert.Equal(20, ImageSetFile.Read(scratch.At("spuco/train.npz"), "train").Count);
        Assert.Equal([scratch.At("spuco")], Directory.GetFileSystemEntries(scratch.Folder));
    }

    private static IReadOnlyList<PresetFolder.Entry> Build(string folder, int limit) =>
        PresetFolder.Build(folder, Preset, _ => Easel.Test, limit, new(0), RunContext.OnCpu());
}
