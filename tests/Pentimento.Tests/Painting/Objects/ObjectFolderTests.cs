using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Pentimento.Data;
using Pentimento.Operations;
using Pentimento.Painting.Objects;
using Pentimento.Painting.Presets;

namespace Pentimento.Tests.Painting.Objects;

public sealed class ObjectFolderTests
{
    [Fact]
    public void A_built_set_is_what_its_name_means_with_the_names_of_its_values()
    {
        using var scratch = new Scratch();
        new Build { Names = ["Objects_95"], Out = scratch.Folder, Limit = 60 }.Run(RunContext.OnCpu());

        var built = new DataLibrary(scratch.Folder, 1).Find(scratch.At("objects_95"), Split.Test, 0, RunContext.OnCpu());
        var named = new ObjectPainter(ObjectAtlas.Read(), new(95), new(0)).PaintFirst(Split.Test, 60, 1, RunContext.OnCpu());

        Assert.Equal(named.Pixels, built.Pixels);
        Assert.Equal(named.Labels, built.Labels);
        Assert.Equal(named.ClassNames, built.ClassNames);
        Assert.Equal(["ground", "vendor"], built.Attributes.Keys.Order());
        Assert.Equal(["green", "blue"], built.ValueNames["ground"]);
        Assert.Equal(
            ["metadata.json", "metadata.txt", "test_data.npz", "train_data.npz"],
            Directory.GetFiles(scratch.At("objects_95")).Select(Path.GetFileName).Order());
        var metadata = JsonNode.Parse(File.ReadAllText(scratch.At("objects_95/metadata.json")))!;
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(named.Pixels)), metadata["arrays"]!["test_data.npz/images"]!["sha256"]!.GetValue<string>());
    }

    [Fact]
    public void A_folder_of_other_things_is_left_alone()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch.At("objects_50"));
        File.WriteAllText(scratch.At("objects_50/thesis.txt"), "years");
        var painter = new ObjectPainter(ObjectAtlas.Read(), new(50), new(0));

        Assert.Throws<BadInputException>(() =>
            ObjectFolder.Build(scratch.At("objects_50"), painter, 4, RunContext.OnCpu(), CompressionLevel.Fastest));
        Assert.Equal("years", File.ReadAllText(scratch.At("objects_50/thesis.txt")));
    }

    [Fact]
    public void A_name_is_read_where_data_are_asked_for()
    {
        using var scratch = new Scratch();
        var library = new DataLibrary(scratch.Folder, 1);

        var set = library.Find("OBJECTS_rev95:train", Split.Test, 40, RunContext.OnCpu());

        Assert.Equal(("objects_rev95", 40), (set.Name, set.Count));
        Assert.Equal(DataLibrary.Hash("objects95", RunContext.OnCpu()), DataLibrary.Hash("Objects_95", RunContext.OnCpu()));
        Assert.NotEqual(DataLibrary.Hash("objects_95", RunContext.OnCpu()), DataLibrary.Hash("objects_rev95", RunContext.OnCpu()));
        Assert.Contains(
            "more than all", Assert.Throws<BadInputException>(() => library.Find("objects_500", Split.Test, 4, RunContext.OnCpu())).Message);
    }

    [Theory]
    [InlineData("--palette")]
    [InlineData("--source")]
    public void What_is_about_digits_is_refused(string option)
    {
        var build = new Build { Names = ["objects_95"] };
        build = option == "--palette" ? build with { Palette = "p.yaml" } : build with { Source = "digits" };

        Assert.Contains(option, Assert.Throws<WrongUsageException>(build.Check).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Vendors_are_environments_and_the_one_left_out_is_the_test()
    {
        var sets = new Vendors(Vendor.Fluent).Paint(Presets.ArtifactPictures.Few, Presets.ArtifactPictures.Few, new(0), RunContext.OnCpu())
            .ToDictionary(set => set.Name);

        Assert.Equal(["emojione", "heldout", "indomain", "noto", "twemoji"], sets.Keys.Order());
        Assert.Equal([1], sets["heldout"].Images.Attributes["vendor"].Distinct());
        Assert.Equal([0, 2, 3], sets["indomain"].Images.Attributes["vendor"].Distinct().Order());
        Assert.Equal([2], sets["twemoji"].Images.Attributes["vendor"].Distinct());
        Assert.Equal([Split.Test, Split.Test], new[] { sets["heldout"].Split, sets["indomain"].Split });
    }
}
