using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Pentimento.Data;
using Pentimento.Painting;

namespace Pentimento.Tests.Painting;

public sealed class DatasetFolderTests
{
    private static readonly Painter Painter = new(Canvas.Parse("gr_95h"), Palette.Seed, new(3));

    [Fact]
    public void A_built_folder_holds_both_splits_and_their_metadata()
    {
        using var scratch = new Scratch();

        var (train, test) = DatasetFolder.Build(scratch.At("set"), Painter, Digits.Mnist, 20, 1, RunContext.OnCpu());

        Assert.Equal((20, 20), (train, test));
        Assert.True(DatasetFolder.IsWhole(scratch.At("set")));
        Assert.Equal(
            ["metadata.json", "metadata.txt", "test_data.npz", "train_data.npz"],
            Directory.GetFiles(scratch.At("set")).Select(Path.GetFileName).Order());
        var set = ImageSetFile.Read(DatasetFolder.FileOf(scratch.At("set"), Split.Test), "set");
        Assert.Equal(Painter.Paint(Easel.Test, Split.Test, 20, 1, RunContext.OnCpu()).Pixels, set.Pixels);
    }

    [Fact]
    public void The_checksums_in_the_metadata_are_those_of_the_arrays()
    {
        using var scratch = new Scratch();
        DatasetFolder.Build(scratch.At("set"), Painter, Digits.Mnist, 20, 1, RunContext.OnCpu());
        var metadata = JsonNode.Parse(File.ReadAllText(scratch.At("set/metadata.json")))!;

        Assert.Equal(("gr_95h", 3), (metadata["name"]!.GetValue<string>(), metadata["seed"]!.GetValue<int>()));
        Assert.Equal(6, metadata["arrays"]!.AsObject().Count);
        foreach (var (place, node) in metadata["arrays"]!.AsObject())
        {
            var (file, key) = (place.Split('/')[0], place.Split('/')[1]);
            var array = Npz.Read(scratch.At($"set/{file}"), key)[key];
            Assert.Equal(array.ToString(), node!["array"]!.GetValue<string>());
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Npy.Bytes(array.Data))), node["sha256"]!.GetValue<string>());
        }
    }

    [Fact]
    public void A_cancelled_build_leaves_nothing_behind()
    {
        using var scratch = new Scratch();
        using var heard = new Heard(tick => tick.Stage.EndsWith("test", StringComparison.Ordinal));

        Assert.ThrowsAny<OperationCanceledException>(() => DatasetFolder.Build(scratch.At("set"), Painter, Digits.Mnist, 600, 1, heard.Run()));

        Assert.Empty(Directory.GetFileSystemEntries(scratch.Folder));
    }

    [Fact]
    public void A_cancelled_build_leaves_the_old_folder_whole()
    {
        using var scratch = new Scratch();
        using var heard = new Heard(_ => true);
        DatasetFolder.Build(scratch.At("set"), Painter, Digits.Mnist, 5, 1, RunContext.OnCpu());

        Assert.ThrowsAny<OperationCanceledException>(() => DatasetFolder.Build(scratch.At("set"), Painter, Digits.Mnist, 600, 1, heard.Run()));

        Assert.Equal(5, ImageSetFile.Read(DatasetFolder.FileOf(scratch.At("set"), Split.Train), "set").Count);
        Assert.Equal([scratch.At("set")], Directory.GetFileSystemEntries(scratch.Folder));
    }

    [Fact]
    public void A_folder_of_other_things_is_never_replaced()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch.At("photos"));
        scratch.Write("photos/holiday.jpg", "dear");

        Assert.Contains("holds other things", Assert.Throws<BadInputException>(
            () => DatasetFolder.Build(scratch.At("photos"), Painter, Digits.Mnist, 5, 1, RunContext.OnCpu())).Message);
        Assert.Equal("dear", File.ReadAllText(scratch.At("photos/holiday.jpg")));
    }
}
