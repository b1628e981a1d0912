using Pentimento.Cli.Packed;

namespace Pentimento.Tests.Cli.Packed;

public sealed class PackedTorchTests : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly Heard heard = new();
    private readonly byte[] library = PackedLibraryTests.Some;
    private readonly string beside, packed, cache;
    private readonly PackedTorch torch;

    public PackedTorchTests()
    {
        var folder = Directory.CreateDirectory(scratch.At("native")).FullName;
        (beside, packed, cache) = (Path.Combine(folder, PackedTorch.Name), Path.Combine(folder, PackedTorch.PackedName), scratch.At("cache"));
        PackedLibrary.Pack(scratch.Write("original", library), packed);
        scratch.Write("native/libc10.so", "needed");
        scratch.Write("native/libgomp-1.so.1", "needed, too");
        scratch.Write("native/libother.so", "not needed");
        torch = new(folder, cache);
    }

    [Fact]
    public void Where_nothing_is_packed_nothing_is_done()
    {
        File.Delete(packed);

        Assert.False(torch.IsPacked);
        Assert.Null(torch.PathToLoad());
    }

    [Fact]
    public void It_is_unpacked_beside_its_neighbours_and_leaves_no_litter()
    {
        Assert.True(torch.IsPacked);
        var before = Directory.GetFileSystemEntries(scratch.Folder, "*", SearchOption.AllDirectories);

        Unpack();

        Assert.False(torch.IsPacked);
        Assert.Null(torch.PathToLoad());
        Assert.Equal(library, File.ReadAllBytes(beside));
        Assert.Equal([beside], Directory.GetFileSystemEntries(scratch.Folder, "*", SearchOption.AllDirectories).Except(before));
        Assert.Equal([("unpacking libtorch, this once", library.Length)], heard.Ticks.Select(tick => (tick.Stage, (int)tick.Total)).Distinct());
    }

    [Fact]
    public void One_that_is_there_already_stays()
    {
        var other = new byte[library.Length];
        File.WriteAllBytes(beside, other);

        Assert.False(torch.IsPacked);
        Assert.Null(torch.PathToLoad());
        Assert.Equal(other, File.ReadAllBytes(beside));
    }

    [Fact]
    public void One_of_another_length_is_replaced()
    {
        File.WriteAllBytes(beside, [1, 2, 3]);

        Assert.True(torch.IsPacked);
        Unpack();

        Assert.Equal(library, File.ReadAllBytes(beside));
    }

    [Fact]
    public void Where_its_folder_cannot_be_written_it_is_unpacked_in_the_cache_with_what_it_needs()
    {
        Block();

        var path = Unpack();

        Assert.False(torch.IsPacked);
        Assert.Equal(path, torch.PathToLoad());
        Assert.Equal(library, File.ReadAllBytes(path));
        Assert.StartsWith(cache, path, StringComparison.Ordinal);
        Assert.Equal(
            ["libc10.so", "libgomp-1.so.1", PackedTorch.Name],
            Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_folder_in_the_cache_becomes_the_users_own()
    {
        if (OperatingSystem.IsWindows()) return;
        Block();
        var own = Path.GetDirectoryName(Path.GetDirectoryName(Unpack()))!;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(own));
        File.SetUnixFileMode(own, File.GetUnixFileMode(own) | UnixFileMode.OtherWrite);

        torch.PathToLoad();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(own));
    }

    [Fact]
    public void Where_neither_can_be_written_one_sentence_says_so()
    {
        Block();
        scratch.Write("cache", "a file");

        var failure = Assert.Throws<BadInputException>(Unpack);

        Assert.Contains($"neither {Path.GetDirectoryName(beside)} nor {cache} takes it", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_one_leaves_nothing_behind()
    {
        var bytes = File.ReadAllBytes(packed);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(packed, bytes);
        var before = Directory.GetFileSystemEntries(scratch.Folder, "*", SearchOption.AllDirectories);

        var failure = Assert.Throws<BadInputException>(Unpack);

        Assert.Contains("install the command again", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(scratch.Folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Stopped_midway_it_leaves_nothing_behind()
    {
        using var stopping = new Heard(_ => true);
        PackedLibrary.Pack(scratch.Write("original", new byte[3 << 20]), packed);

        Assert.Throws<OperationCanceledException>(() => torch.Unpack(stopping, stopping.Run().Cancel));

        Assert.Single(stopping.Ticks);
        Assert.False(File.Exists(beside));
        Assert.Equal(4, Directory.GetFileSystemEntries(Path.GetDirectoryName(beside)!).Length);
    }

    [Fact]
    public void Two_at_once_both_succeed()
    {
        Parallel.For(0, 8, _ => torch.Unpack(new Progress<Progress>(), TestContext.Current.CancellationToken));

        Assert.Equal(library, File.ReadAllBytes(beside));
        Assert.Equal(5, Directory.GetFileSystemEntries(Path.GetDirectoryName(beside)!).Length);
    }

    public void Dispose()
    {
        scratch.Dispose();
        heard.Dispose();
    }

    private string Unpack() => torch.Unpack(heard, TestContext.Current.CancellationToken);

    // The super-user may write everywhere; a folder in a file's place stops him, too.
    private void Block() => Directory.CreateDirectory(beside);
}
