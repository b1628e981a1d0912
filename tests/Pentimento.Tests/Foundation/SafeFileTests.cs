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
    public void A_link_stays_and_what_it_points_to_is_written()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch.At("elsewhere"));
        File.CreateSymbolicLink(scratch.At("link"), scratch.At("elsewhere/real"));

        SafeFile.Write(scratch.At("link"), "new");

        Assert.Equal(scratch.At("elsewhere/real"), new FileInfo(scratch.At("link")).LinkTarget);
        Assert.Equal("new", File.ReadAllText(scratch.At("elsewhere/real")));
    }

    [Fact]
    public void A_file_that_is_replaced_passes_its_mode_on()
    {
        if (OperatingSystem.IsWindows()) return;
        using var scratch = new Scratch();
        var file = scratch.Write("secret", "old");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        SafeFile.Write(file, "new");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Theory]
    [InlineData('x')]
    [InlineData('é')]
    public void A_name_as_long_as_the_system_allows_can_be_written(char letter)
    {
        using var scratch = new Scratch();
        var name = new string(letter, 255 / Encoding.UTF8.GetByteCount([letter]));

        SafeFile.Write(scratch.At(name), "text");

        Assert.Equal([scratch.At(name)], Directory.GetFileSystemEntries(scratch.Folder));
    }

    [Fact]
    public void What_a_killed_writer_left_is_swept_and_what_a_living_one_writes_stays()
    {
        using var scratch = new Scratch();
        var (old, living) = (scratch.Write($".model.{Guid.NewGuid():N}.part", "half"), scratch.Write($".model.{Guid.NewGuid():N}.part", "half"));
        var other = scratch.Write(".model.of-mine.part", "a user's file");
        File.SetLastWriteTimeUtc(old, new(2020, 1, 1));
        File.SetLastWriteTimeUtc(other, new(2020, 1, 1));

        SafeFile.Write(scratch.At("model"), "new");

        Assert.Equal([living, other, scratch.At("model")], Directory.GetFileSystemEntries(scratch.Folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_that_does_not_pass_its_check_gets_no_name()
    {
        using var scratch = new Scratch();

        Assert.Throws<IOException>(() =>
            SafeFile.Write(scratch.At("model"), stream => stream.Write("x"u8), _ => throw new IOException("it does not read back")));

        Assert.Empty(Directory.GetFileSystemEntries(scratch.Folder));
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
