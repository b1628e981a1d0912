using System.Text;

namespace Pentimento.Tests.Foundation;

public sealed class SafeFileTests
{
    [Fact]
    public void A_writer_that_fails_leaves_the_old_file_and_no_litter()
    {
        using var scratch = new Scratch();
        var file = scratch.Write("results.json", "old");

        Assert.Throws<IOException>(() => SafeFile.Write(file, stream =>
        {
            stream.Write(Encoding.UTF8.GetBytes("half of the n"));
            throw new IOException("the disk is full");
        }));

        Assert.Equal("old", File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFileSystemEntries(scratch.Folder));
    }

    [Fact]
    public void A_whole_file_replaces_the_old_one()
    {
        using var scratch = new Scratch();
        var file = scratch.Write("results.json", "a much longer old text");

        SafeFile.Write(file, "new é");

        Assert.Equal("new é"u8.ToArray(), File.ReadAllBytes(file));
        Assert.Equal([file], Directory.GetFileSystemEntries(scratch.Folder));
    }

    [Fact]
    public void Missing_folders_are_made()
    {
        using var scratch = new Scratch();

        SafeFile.Write(scratch.At("a/b/c.txt"), "text");

        Assert.Equal("text", File.ReadAllText(scratch.At("a/b/c.txt")));
    }

    [Fact]
    public void Nobody_sees_a_half_written_file()
    {
        using var scratch = new Scratch();
        var file = scratch.Write("results.json", "old");

        SafeFile.Write(file, stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(file));
        });
    }
}
