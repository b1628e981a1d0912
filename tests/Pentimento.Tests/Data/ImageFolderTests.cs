using Pentimento.Data;

namespace Pentimento.Tests.Data;

public sealed class ImageFolderTests
{
    private static readonly RunContext Run = RunContext.OnCpu();

    [Fact]
    public void What_is_written_is_read_back_with_labels_colours_splits_and_attributes()
    {
        using var scratch = new Scratch();
        var (train, test) = (With(Oracle.Images.First(12), "place"), With(Oracle.Images.Pick([200, 201, 202]), "place"));

        ImageFolderWriter.Write(scratch.At("pictures"), [(Split.Train, train), (Split.Test, test)], Run);
        var read = ImageFolder.Read(scratch.At("pictures"), "pictures", Split.Test, 0, Run);

        Assert.Equal(test.Pixels, read.Pixels);
        Assert.Equal(test.Labels, read.Labels);
        Assert.Equal(test.Colors, read.Colors);
        Assert.Equal(test.Attributes["place"], read.AttributeOf("place"));
        Assert.Equal(12, ImageFolder.Read(scratch.At("pictures"), "pictures", Split.Train, 0, Run).Count);
        Assert.Equal(5, ImageFolder.Read(scratch.At("pictures"), "pictures", Split.Train, 5, Run).Count);
    }

    [Fact]
    public void Grey_pictures_stay_grey()
    {
        using var scratch = new Scratch();
        var grey = TinyProblem.Noise(4);

        ImageFolderWriter.Write(scratch.At("grey"), [(Split.Test, grey)], Run);
        var read = ImageFolder.Read(scratch.At("grey"), "grey", Split.Test, 0, Run);

        Assert.Equal(grey.Shape, read.Shape);
        Assert.Equal(grey.Pixels, read.Pixels);
    }

    [Fact]
    public void Folders_are_classes_numbered_in_order_and_train_and_test_are_splits()
    {
        using var scratch = new Scratch();
        foreach (var (place, digit) in new[] { ("train/dog", 0), ("train/cat", 1), ("test/cat", 2), ("test/dog", 3) })
            Put(scratch, $"{place}/a.png", digit);

        Assert.Equal([0, 1], ImageFolder.Read(scratch.Folder, "pets", Split.Train, 0, Run).Labels);
        Assert.Equal(Oracle.Images.PixelsOf(2), ImageFolder.Read(scratch.Folder, "pets", Split.Test, 0, Run).PixelsOf(0));
    }

    [Fact]
    public void A_class_without_test_pictures_keeps_its_number()
    {
        using var scratch = new Scratch();
        foreach (var place in new[] { "train/cat", "train/dog", "train/horse", "test/cat", "test/horse" }) Put(scratch, $"{place}/a.png", 0);

        var (train, test) = (Read(Split.Train), Read(Split.Test));

        Assert.Equal([0, 1, 2], train.Labels);
        Assert.Equal([0, 2], test.Labels);
        Assert.Equal(["cat", "dog", "horse"], test.ClassNames);

        ImageSet Read(Split split) => ImageFolder.Read(scratch.Folder, "pets", split, 0, Run);
    }

    [Fact]
    public void What_programs_leave_behind_is_nobodys_class_and_nobodys_picture()
    {
        using var scratch = new Scratch();
        foreach (var place in new[] { "cat/a.png", "dog/a.png", ".ipynb_checkpoints/a.png", "__MACOSX/a.png" }) Put(scratch, place, 0);
        scratch.Write("cat/._a.png", "not a picture");
        scratch.Write("cat/Thumbs.db", "not a picture");

        var set = ImageFolder.Read(scratch.Folder + Path.DirectorySeparatorChar, "pets", Split.Test, 0, Run);

        Assert.Equal([0, 1], set.Labels);
        Assert.Equal(["cat", "dog"], set.ClassNames);
    }

    [Theory]
    [InlineData("0.0", "11.0")]
    [InlineData(" 0", "11")]
    public void Labels_written_as_numbers_are_numbers(string first, string last)
    {
        using var scratch = new Scratch();
        Put(scratch, "a.png", 0);
        Put(scratch, "b.png", 1);
        scratch.Write("metadata.csv", $"file,label\na.png,{first}\nb.png,{last}\n");

        var set = ImageFolder.Read(scratch.Folder, "numbers", Split.Test, 0, Run);

        Assert.Equal([0, 11], set.Labels);
        Assert.Empty(set.ClassNames);
    }

    [Fact]
    public void Names_of_colours_are_an_attribute_and_no_index_of_a_palette()
    {
        using var scratch = new Scratch();
        Put(scratch, "a.png", 0);
        Put(scratch, "b.png", 1);
        scratch.Write("metadata.csv", "file,label,color\na.png,0,blue\nb.png,1,blue\n");

        var set = ImageFolder.Read(scratch.Folder, "blue", Split.Test, 0, Run);

        Assert.Empty(set.Colors);
        Assert.Equal(["blue"], set.ValueNames["color"]);
        Assert.Equal([5, 5], Pentimento.Painting.Palette.Seed.IndicesOf(set)!);
    }

    [Fact]
    public void Class_names_are_written_and_read_back()
    {
        using var scratch = new Scratch();
        var pets = Oracle.Images.First(4).Renumbered([0, 2, 0, 2], ["cat, small", "dog", "horse"]);

        ImageFolderWriter.Write(scratch.At("pets"), [(Split.Test, pets)], Run);
        var read = ImageFolder.Read(scratch.At("pets"), "pets", Split.Test, 0, Run);

        Assert.Equal(["cat, small", "horse"], read.ClassNames);
        Assert.Equal([0, 1, 0, 1], read.Labels);
    }

    [Fact]
    public void A_writer_that_is_stopped_leaves_no_folder()
    {
        using var scratch = new Scratch();
        using var heard = new Heard(tick => tick.Done == 2);

        Assert.Throws<OperationCanceledException>(
            () => ImageFolderWriter.Write(scratch.At("pets"), [(Split.Test, Oracle.Images.First(4))], heard.Run()));

        Assert.Empty(Directory.GetFileSystemEntries(scratch.Folder));
    }

    [Fact]
    public void Folders_named_by_numbers_keep_them_as_labels()
    {
        using var scratch = new Scratch();
        foreach (var label in new[] { 10, 3, 7 }) Put(scratch, $"{label}/a.png", 0);

        Assert.Equal([10, 3, 7], ImageFolder.Read(scratch.Folder, "numbers", Split.Test, 0, Run).Labels);
    }

    [Fact]
    public void The_table_of_waterbirds_is_understood()
    {
        using var scratch = new Scratch();
        for (var at = 0; at < 4; at++)
            Put(scratch, $"{at}.png", at);
        scratch.Write(
            "metadata.csv",
            "img_id,img_filename,y,split,place,place_filename\n1,0.png,0,0,1,/a/x.jpg\n2,1.png,1,1,0,/b/y.jpg\n"u8.ToArray()
                .Concat("3,2.png,1,2,0,/c/z.jpg\n4,3.png,0,2,1,/a/w.jpg\n"u8.ToArray()).ToArray()
        );

        var test = ImageFolder.Read(scratch.Folder, "birds", Split.Test, 0, Run);

        Assert.Equal([1, 0], test.Labels);
        Assert.Equal([0, 1], test.AttributeOf("place"));
        Assert.Equal(["place"], test.Attributes.Keys);
        Assert.Single(ImageFolder.Read(scratch.Folder, "birds", Split.Train, 0, Run).Labels);
    }

    [Theory]
    [InlineData("file,label\n../secret.png,1\n", "points outside its folder")]
    [InlineData("file,label\nnone.png,1\n", "There is no file")]
    [InlineData("a,b\n1,2\n", "no column 'file'")]
    [InlineData("file,label\nx.png\n", "not a comma-separated table")]
    [InlineData("", "no column 'file'")]
    public void A_table_that_cannot_be_used_is_refused_in_a_sentence(string table, string part)
    {
        using var scratch = new Scratch();
        scratch.Write("metadata.csv", System.Text.Encoding.UTF8.GetBytes(table));

        Assert.Contains(
            part,
            Assert.Throws<BadInputException>(() => ImageFolder.Read(scratch.Folder, "table", Split.Test, 0, Run)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_of_different_sizes_are_refused()
    {
        using var scratch = new Scratch();
        Put(scratch, "0/a.png", 0);
        scratch.Write("0/b.png", ImageFile.Png(new byte[12], new(2, 2, 3)));

        Assert.Contains(
            "b.png is 2x2, others are 28x28; --size 28x28",
            Assert.Throws<BadInputException>(() => ImageFolder.Read(scratch.Folder, "sizes", Split.Test, 0, Run)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_of_different_sizes_are_scaled_when_a_size_is_given()
    {
        using var scratch = new Scratch();
        Put(scratch, "0/a.png", 0);
        // Left half dark, right half bright.
        scratch.Write("0/b.png", ImageFile.Png([0, 0, 0, 200, 100, 50, 0, 0, 0, 200, 100, 50], new(2, 2, 3)));

        var set = ImageFolder.Read(scratch.Folder, "sizes", Split.Test, 0, Run, new PictureSize(28, 28));

        Assert.Equal(new(28, 28, 3), set.Shape);
        Assert.Equal(Oracle.Images.PixelsOf(0), set.PixelsOf(0));
        Assert.True(set.PixelsOf(1)[..3].SequenceEqual((ReadOnlySpan<byte>)[0, 0, 0]));
        Assert.True(set.PixelsOf(1)[^3..].SequenceEqual((ReadOnlySpan<byte>)[200, 100, 50]));
        Assert.Equal(new(14, 7, 3), ImageFolder.Read(scratch.Folder, "sizes", Split.Test, 0, Run, new PictureSize(14, 7)).Shape);
    }

    [Theory]
    [InlineData("64", 64, 64)]
    [InlineData("48x32", 48, 32)]
    public void A_size_is_one_number_or_height_and_width(string text, int height, int width) =>
        Assert.Equal(new(height, width), PictureSize.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("64x")]
    [InlineData("4x4x4")]
    [InlineData("-3x4")]
    [InlineData("99999")]
    public void Another_size_is_refused_in_a_sentence(string text) =>
        Assert.Contains("not a size of pictures", Assert.Throws<BadInputException>(() => PictureSize.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("file,label\np\0.png,0\n", "zero byte")]
    [InlineData("file,label\np.png,0\np.png,\n", "row 2 has no label")]
    [InlineData("file,label,labels\np.png,0,1\np.png,0,1\n", "no attribute can be called 'labels'")]
    public void A_table_that_cannot_be_meant_is_refused_in_a_sentence(string table, string part)
    {
        using var scratch = new Scratch();
        Put(scratch, "p.png", 0);
        scratch.Write("metadata.csv", table);

        Assert.Contains(
            part,
            Assert.Throws<BadInputException>(() => ImageFolder.Read(scratch.Folder, "pictures", Split.Test, 0, Run)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_of_thousands_of_columns_is_refused()
    {
        using var scratch = new Scratch();
        scratch.Write("metadata.csv", $"file,label{string.Concat(Enumerable.Range(0, 1000).Select(at => $",c{at}"))}\n");

        Assert.Contains(
            "has 1,002 columns",
            Assert.Throws<BadInputException>(() => ImageFolder.Read(scratch.Folder, "pictures", Split.Test, 0, Run)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_attribute_whose_name_would_break_the_table_is_not_written() =>
        Assert.Contains(
            "cannot be a column",
            Assert.Throws<BadInputException>(
                () => ImageFolderWriter.Write("nowhere", [(Split.Test, With(Oracle.Images.First(1), "a,b"))], Run)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_folder_with_something_in_it_is_not_written_into()
    {
        using var scratch = new Scratch();
        scratch.Write("photo.png", [1]);

        Assert.Throws<BadInputException>(() => ImageFolderWriter.Write(scratch.Folder, [(Split.Test, Oracle.Images.First(1))], Run));
        Assert.Equal(["photo.png"], Directory.GetFileSystemEntries(scratch.Folder).Select(Path.GetFileName));
    }

    private static ImageSet With(ImageSet set, string attribute) =>
        new(set.Name, [.. set.Pixels], set.Labels, [.. set.Labels.Select(label => label / 2)], set.Shape)
        {
            Attributes = new Dictionary<string, long[]> { [attribute] = [.. Enumerable.Range(0, set.Count).Select(at => (long)(at % 2))] },
        };

    private static void Put(Scratch scratch, string place, int image)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(scratch.At(place))!);
        scratch.Write(place, ImageFile.Png(Oracle.Images.PixelsOf(image), Oracle.Images.Shape));
    }
}
