using Pentimento.Operations;
using Pentimento.Data;

namespace Pentimento.Tests.Operations;

public sealed class ConversionTests
{
    private static readonly RunContext Run = RunContext.OnCpu();

    [Theory]
    [InlineData("t10k-images-idx3-ubyte")]
    [InlineData("t10k-images-idx3-ubyte.gz")]
    public void Idx_becomes_npz_and_idx_again_bit_for_bit(string name)
    {
        using var scratch = new Scratch();
        using var again = new Scratch();
        var (images, labels) = (scratch.At(name), scratch.At(name.Replace("images", "labels").Replace("idx3", "idx1")));
        Idx.Write(images, new([1, 2, 3, 4, 5, 6], [3, 1, 2]));
        Idx.Write(labels, new([7, 8, 9], [3]));

        Conversion.Convert(images, scratch.At("digits.npz"), new("", 1), Run);
        Conversion.Convert(scratch.At("digits.npz"), again.At(name), new("", 1), Run);

        Assert.Equal([7, 8, 9], ImageSetFile.Read(scratch.At("digits.npz"), "digits").Labels);
        Assert.Equal(File.ReadAllBytes(images), File.ReadAllBytes(again.At(name)));
        Assert.Equal(File.ReadAllBytes(labels), File.ReadAllBytes(again.At(Path.GetFileName(labels))));
    }

    [Fact]
    public void An_npz_becomes_pictures_and_an_npz_again()
    {
        using var scratch = new Scratch();
        var set = Oracle.Images.First(5);
        Npz.Write(scratch.At("digits.npz"), ImageSetFile.Arrays(set));

        Conversion.Convert(scratch.At("digits.npz"), scratch.At("pictures"), new("", 1), Run);
        Conversion.Convert(scratch.At("pictures"), scratch.At("again.npz"), new("", 1), Run);

        var again = ImageSetFile.Read(scratch.At("again.npz"), "again");
        Assert.Equal(set.Pixels, again.Pixels);
        Assert.Equal(set.Labels, again.Labels);
    }

    [Fact]
    public void Emnist_is_upright_in_every_format_and_transposed_again_in_its_own()
    {
        using var scratch = new Scratch();
        using var again = new Scratch();
        var (images, labels) = (scratch.At("emnist-digits-test-images-idx3-ubyte"), scratch.At("emnist-digits-test-labels-idx1-ubyte"));
        Idx.Write(images, new([1, 2, 3, 4, 5, 6], [1, 2, 3]));
        Idx.Write(labels, new([7], [1]));

        Conversion.Convert(images, scratch.At("digits.npz"), new("", 1), Run);
        Conversion.Convert(scratch.At("digits.npz"), again.At(Path.GetFileName(images)), new("", 1), Run);

        var upright = ImageSetFile.Read(scratch.At("digits.npz"), "digits");
        Assert.Equal([1, 4, 2, 5, 3, 6], upright.Pixels.ToArray());
        Assert.Equal(new(3, 2, 1), upright.Shape);
        Assert.Equal(DigitSource.Open(scratch.At("emnist-digits"))(Split.Test).Pixels.ToArray(), upright.Pixels.ToArray());
        Assert.Equal(File.ReadAllBytes(images), File.ReadAllBytes(again.At(Path.GetFileName(images))));
    }

    [Fact]
    public void Coloured_images_do_not_become_idx()
    {
        using var scratch = new Scratch();
        Npz.Write(scratch.At("digits.npz"), ImageSetFile.Arrays(Oracle.Images.First(1)));

        Assert.Contains(
            "IDX holds grey images",
            Assert
                .Throws<BadInputException>(() => Conversion.Convert(scratch.At("digits.npz"), scratch.At("x-images-idx3-ubyte"), new("", 1), Run))
                .Message,
            StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(scratch.Folder));
    }

    [Fact]
    public void An_empty_folder_is_nothing_to_convert()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch.At("empty"));

        Assert.Contains(
            "neither a dataset nor pictures",
            Assert.Throws<BadInputException>(() => Conversion.Convert(scratch.At("empty"), scratch.At("out"), new("", 1), Run)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains(
            "There is no file or folder none.npz",
            Assert.Throws<BadInputException>(() => Conversion.Convert("none.npz", "x.npz", new("", 1), Run)).Message,
            StringComparison.Ordinal);
}
