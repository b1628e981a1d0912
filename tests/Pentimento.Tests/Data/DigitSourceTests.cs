using Pentimento.Data;

namespace Pentimento.Tests.Data;

public sealed class DigitSourceTests
{
    private static readonly IdxArray Images = new([.. Enumerable.Range(0, 2 * 2 * 3).Select(at => (byte)at)], [2, 2, 3]);
    private static readonly IdxArray Labels = new([4, 9], [2]);

    [Fact]
    public void Nothing_means_mnist() => Assert.Equal(60_000, DigitSource.Open(null)(Split.Train).Count);

    [Theory]
    [InlineData("")]
    [InlineData(".gz")]
    public void A_folder_of_idx_files_is_found_by_their_names_packed_or_not(string ending)
    {
        using var scratch = new Scratch();
        Idx.Write(scratch.At($"train-images-idx3-ubyte{ending}"), Images);
        Idx.Write(scratch.At($"train-labels-idx1-ubyte{ending}"), Labels);

        var digits = DigitSource.Open(scratch.Folder)(Split.Train);

        Assert.Equal((2, 2, 3), (digits.Count, digits.Height, digits.Width));
        Assert.Equal([4, 9], digits.Labels);
        Assert.Contains(
            "no IDX file of test images",
            Assert.Throws<BadInputException>(() => DigitSource.Open(scratch.Folder)(Split.Test)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Emnist_is_turned_upright_and_chosen_by_the_beginning_of_its_names()
    {
        using var scratch = new Scratch();
        foreach (var name in new[] { "emnist-digits", "emnist-letters" })
        {
            Idx.Write(scratch.At($"{name}-test-images-idx3-ubyte"), Images);
            Idx.Write(scratch.At($"{name}-test-labels-idx1-ubyte"), Labels);
        }

        var digits = DigitSource.Open(scratch.At("emnist-digits"))(Split.Test);

        Assert.Equal((3, 2), (digits.Height, digits.Width));
        Assert.Equal([0, 3, 1, 4, 2, 5], digits.Of(0).ToArray());
        Assert.Contains(
            "holds several",
            Assert.Throws<BadInputException>(() => DigitSource.Open(scratch.Folder)(Split.Test)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_npz_with_both_halves_gives_each()
    {
        using var scratch = new Scratch();
        Npz.Write(
            scratch.At("digits.npz"),
            [
                new("x_train", new(new byte[18], 2, 3, 3)),
                new("y_train", new(new[] { 1L, 2 }, 2)),
                new("x_test", new(new byte[9], 1, 3, 3)),
                new("y_test", new(new[] { 3L }, 1)),
            ]);

        Assert.Equal([1, 2], DigitSource.Open(scratch.At("digits.npz"))(Split.Train).Labels);
        Assert.Equal([3], DigitSource.Open(scratch.At("digits.npz"))(Split.Test).Labels);
    }

    [Fact]
    public void A_seventh_of_every_class_of_an_undivided_npz_is_the_test_split()
    {
        using var scratch = new Scratch();
        Npz.Write(
            scratch.At("digits.npz"),
            [
                new("images", new(Enumerable.Range(0, 14).Select(at => (byte)at).ToArray(), 14, 1, 1)),
                new("labels", new(Enumerable.Range(0, 14).Select(at => at / 7).ToArray(), 14)),
            ]);
        var source = DigitSource.Open(scratch.At("digits.npz"));

        Assert.Equal(12, source(Split.Train).Count);
        Assert.Equal([0, 1], source(Split.Test).Labels);
        Assert.Equal(Enumerable.Range(0, 14).Select(at => (byte)at),
            source(Split.Test).Pixels.ToArray().Concat(source(Split.Train).Pixels.ToArray()).Order());
    }

    [Fact]
    public void A_coloured_npz_is_refused()
    {
        using var scratch = new Scratch();
        Npz.Write(scratch.At("digits.npz"), [new("images", new(new byte[12], 1, 2, 2, 3)), new("labels", new(new[] { 1L }, 1))]);

        Assert.Contains(
            "expected grey images",
            Assert.Throws<BadInputException>(() => DigitSource.Open(scratch.At("digits.npz"))(Split.Test)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_are_painted_on_by_their_luminance()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch.At("4"));
        for (var at = 0; at < 7; at++) scratch.Write($"4/{at}.png", ImageFile.Png([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255], new(2, 2, 3)));

        var digits = DigitSource.Open(scratch.Folder)(Split.Train);

        Assert.Equal((6, 2, 2), (digits.Count, digits.Height, digits.Width));
        Assert.Equal([76, 150, 29, 255], digits.Of(0).ToArray());
        Assert.Equal([4], DigitSource.Open(scratch.Folder)(Split.Test).Labels);
    }
}
