using Pentimento.Data;
using Pentimento.Data.Painting;

namespace Pentimento.Tests.Data;

public sealed class DataLibraryTests
{
    private static readonly RunContext Run = RunContext.OnCpu();

    [Fact]
    public void A_folder_gives_the_half_asked_for()
    {
        using var scratch = new Scratch();
        var folder = Painted(scratch);

        Assert.Equal([7, 2], Find(scratch, folder, Split.Test, 2).Labels);
        Assert.Equal([5, 0], Find(scratch, folder, Split.Train, 2).Labels);
        Assert.Equal([5, 0, 4], Find(scratch, $"{folder}:train", Split.Test, 3).Labels);
        Assert.Equal([7, 2, 1], Find(scratch, $"{folder}:TEST", Split.Train, 3).Labels);
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
        DatasetFolder.Build(scratch.At($"mnist-{Painter.Version}/rg_95z"), new(Canvas.Parse("rg_95z"), Palette.Seed, new(0)), Digits.Mnist, 5, 1, Run);

        Assert.Equal(5, Find(scratch, "RG95z", Split.Test, 0).Count);
    }

    [Theory]
    [InlineData("mnist", "'mnist' is not a dataset name")]
    [InlineData("no/such.npz", "There is no file or folder no/such.npz")]
    [InlineData("digits.npz", "There is no file or folder digits.npz")]
    [InlineData("rg_101z", "101 percent is more than all")]
    [InlineData("", "is not a dataset name")]
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

    private static ImageSet Find(Scratch scratch, string argument, Split split, int limit) => new DataLibrary(scratch.Folder, 1).Find(argument, split, limit, Run);

    private static string Painted(Scratch scratch)
    {
        DatasetFolder.Build(scratch.At("five"), new(Canvas.Parse("rg_95z"), Palette.Seed, new(0)), Digits.Mnist, 5, 1, Run);
        return scratch.At("five");
    }
}
