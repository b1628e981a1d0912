using Pentimento.Data;
using Pentimento.Operations;
using Pentimento.Painting;
using Pentimento.Painting.Presets;

namespace Pentimento.Tests.Operations;

public sealed class DataLibraryTests
{
    private static readonly RunContext Run = RunContext.OnCpu();

    [Fact]
    public void A_folder_gives_the_half_asked_for()
    {
        using var scratch = new Scratch();
        var folder = Painted(scratch);

        Assert.Equal([7, 2, 1, 0, 4], Find(scratch, folder, Split.Test, 0).Labels);
        Assert.Equal([5, 0, 4, 1, 9], Find(scratch, $"{folder}:train", Split.Test, 5).Labels);
        Assert.Equal(Find(scratch, folder, Split.Test, 0).Take(2).Labels, Find(scratch, folder, Split.Test, 2).Labels);
        Assert.Equal(3, Find(scratch, $"{folder}:TEST", Split.Train, 3).Count);
    }

    [Fact]
    public void Many_that_miss_a_set_at_once_find_one_whole_set()
    {
        using var scratch = new Scratch();
        var (library, canvas, painted) = (new DataLibrary(scratch.At("cache"), 1), Canvas.Parse("rg_95z"), new List<string>());
        Directory.CreateDirectory(scratch.At($"cache/mnist-{Painter.Version}"));
        using var held = FileLock.Try(scratch.At($"cache/mnist-{Painter.Version}/{canvas}.lock"));
        var waiting = new Thread(() => painted.Add(library.Painted(new(canvas, PaintSettings.Usual), Run)));

        waiting.Start();
        // Somebody else paints it meanwhile; whoever waits must not paint it again.
        SafeFolder.Replace(scratch.At($"cache/mnist-{Painter.Version}/{canvas}"), beside => File.WriteAllText(Path.Combine(beside, "metadata.json"),
            "{}"));
        held!.Dispose();
        waiting.Join();

        Assert.Equal("{}", File.ReadAllText(Path.Combine(painted.Single(), "metadata.json")));
    }

    [Fact]
    public void A_folder_with_the_separator_that_completion_adds_is_the_same_folder()
    {
        using var scratch = new Scratch();
        var folder = Painted(scratch);

        Assert.Equal(5, Find(scratch, $"{folder}/", Split.Test, 0).Count);
        Assert.Equal(5, Find(scratch, $"{folder}/:test", Split.Train, 0).Count);
        Assert.Contains("DATA is empty", Assert.Throws<BadInputException>(() => Find(scratch, "", Split.Test, 0)).Message);
    }

    [Fact]
    public void An_npz_is_read_and_named_as_the_user_wrote_it()
    {
        using var scratch = new Scratch();
        var file = DatasetFolder.FileOf(Painted(scratch), Split.Test);

        var set = Find(scratch, file, Split.Test, 0);

        Assert.Equal(5, set.Count);
        Assert.Equal(file, set.Name);
    }

    [Fact]
    public void A_named_dataset_is_found_in_the_cache_whatever_its_spelling()
    {
        using var scratch = new Scratch();
        DatasetFolder.Build(
            scratch.At($"mnist-{Painter.Version}/rg_95z"),
            new(Canvas.Parse("rg_95z"), Palette.Seed, new(0)),
            Digits.Mnist,
            5,
            1,
            Run);

        Assert.Equal(5, Find(scratch, "RG95z", Split.Test, 0).Count);
    }

    [Fact]
    public void A_preset_is_all_its_sets_of_a_split_or_one_by_name()
    {
        using var scratch = new Scratch();
        PresetFolder.Build(scratch.At("arjovsky"), new Arjovsky(), Digits.Mnist, 6, new(0), Run);
        var folder = scratch.At("arjovsky");
        var library = new DataLibrary(scratch.Folder, 1);

        Assert.Equal([$"{folder}/env1", $"{folder}/env2"], library.FindAll(folder, Split.Train, 4, Run).Select(set => set.Name));
        Assert.Equal(4, library.FindAll(folder, Split.Train, 4, Run)[0].Count);
        Assert.Equal($"{folder}/test", Find(scratch, folder, Split.Test, 0).Name);
        Assert.Equal(6, Find(scratch, $"{folder}/env2", Split.Train, 0).Count);
        Assert.Contains(
            $"name one of them: {folder}/env1, {folder}/env2",
            Assert.Throws<BadInputException>(() => Find(scratch, folder, Split.Train, 0)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_preset_that_points_outside_its_folder_is_none()
    {
        using var scratch = new Scratch();
        scratch.Write("metadata.json", """{"preset":"arjovsky","sets":[{"name":"x","file":"../x.npz","split":"train","count":1}]}"""u8.ToArray());

        Assert.Empty(PresetFolder.Entries(scratch.Folder));
    }

    [Fact]
    public void A_size_that_an_npz_does_not_have_is_refused()
    {
        using var scratch = new Scratch();
        var file = DatasetFolder.FileOf(Painted(scratch), Split.Test);

        Assert.Equal(5, (new DataLibrary(scratch.Folder, 1) { Size = new(28, 28) }).Find(file, Split.Test, 0, Run).Count);
        Assert.Contains(
            "holds images of 28x28x3",
            Assert
                .Throws<BadInputException>(() => (new DataLibrary(scratch.Folder, 1) { Size = new(32, 32) }).Find(file, Split.Test, 0, Run))
                .Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mnist", "'mnist' is not a dataset name")]
    [InlineData("no/such.npz", "There is no file or folder no/such.npz")]
    [InlineData("digits.npz", "There is no file or folder digits.npz")]
    [InlineData("rg_101z", "101 percent is more than all")]
    [InlineData("", "DATA is empty")]
    public void What_is_not_there_is_refused_in_a_sentence(string argument, string part)
    {
        using var scratch = new Scratch();

        Assert.Contains(part, Assert.Throws<BadInputException>(() => Find(scratch, argument, Split.Test, 0)).Message);
    }

    [Fact]
    public void A_folder_of_something_else_is_refused()
    {
        using var scratch = new Scratch();

        Assert.Contains("holds neither test_data.npz", Assert.Throws<BadInputException>(() => Find(scratch, scratch.Folder, Split.Test, 0)).Message);
    }

    [Fact]
    public void A_painted_set_that_a_folder_of_something_else_hides_is_named_otherwise()
    {
        using var scratch = new Scratch();
        const string Hiding = "gr_77e";
        Directory.CreateDirectory(Hiding);
        try
        {
            var refused = Assert.Throws<BadInputException>(() => Find(scratch, Hiding, Split.Test, 0)).Message;

            Assert.EndsWith("The painted set of this name is gr_77e:seed=0.", refused);
            Assert.Equal(3, Find(scratch, "gr_77e:seed=0", Split.Test, 3).Count);
        }
        finally
        {
            Directory.Delete(Hiding);
        }
    }

    private static ImageSet Find(Scratch scratch, string argument, Split split, int limit) =>
        new DataLibrary(scratch.Folder, 1).Find(argument, split, limit, Run);

    private static string Painted(Scratch scratch)
    {
        DatasetFolder.Build(scratch.At("five"), new(Canvas.Parse("rg_95z"), Palette.Seed, new(0)), Digits.Mnist, 5, 1, Run);
        return scratch.At("five");
    }
}
