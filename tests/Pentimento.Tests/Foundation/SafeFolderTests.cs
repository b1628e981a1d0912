namespace Pentimento.Tests.Foundation;

public sealed class SafeFolderTests
{
    [Fact]
    public void The_old_folder_stays_until_the_new_one_is_whole()
    {
        using var scratch = new Scratch();
        SafeFolder.Replace(scratch.At("set"), beside => File.WriteAllText(Path.Combine(beside, "a"), "old"));

        SafeFolder.Replace(scratch.At("set/"), beside =>
        {
            Assert.Equal("old", File.ReadAllText(scratch.At("set/a")));
            File.WriteAllText(Path.Combine(beside, "b"), "new");
        });

        Assert.Equal([scratch.At("set/b")], Directory.GetFiles(scratch.At("set")));
        Assert.Equal([scratch.At("set")], Directory.GetFileSystemEntries(scratch.Folder));
    }

    [Fact]
    public void A_filler_that_fails_leaves_the_old_folder_and_no_litter()
    {
        using var scratch = new Scratch();
        SafeFolder.Replace(scratch.At("set"), beside => File.WriteAllText(Path.Combine(beside, "a"), "old"));

        Assert.Throws<IOException>(() => SafeFolder.Replace(scratch.At("set"), _ => throw new IOException("the disk is full")));

        Assert.Equal("old", File.ReadAllText(scratch.At("set/a")));
        Assert.Equal([scratch.At("set")], Directory.GetFileSystemEntries(scratch.Folder));
    }

    [Fact]
    public void What_a_writer_of_this_machine_left_is_swept_as_soon_as_it_has_ended()
    {
        using var scratch = new Scratch();
        // No system numbers so many processes.
        Directory.CreateDirectory(TemporaryFiles.NameBeside(scratch.At("set"), int.MaxValue));
        var living = Directory.CreateDirectory(TemporaryFiles.NameBeside(scratch.At("set"))).FullName;

        SafeFolder.Replace(scratch.At("set"), _ => { });

        Assert.Equal([living, scratch.At("set")], Directory.GetFileSystemEntries(scratch.Folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_link_to_a_folder_is_followed()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch.At("real"));
        Directory.CreateSymbolicLink(scratch.At("link"), scratch.At("real"));

        SafeFolder.Replace(scratch.At("link"), beside => File.WriteAllText(Path.Combine(beside, "a"), "new"));

        Assert.Equal(scratch.At("real"), new DirectoryInfo(scratch.At("link")).LinkTarget);
        Assert.Equal("new", File.ReadAllText(scratch.At("real/a")));
    }
}
