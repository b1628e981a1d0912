namespace Pentimento.Cli.Packed;

/// <summary>
/// libtorch's largest library, of which the tool package holds <see cref="PackedLibrary">packed bytes</see> alone. What is built, run or published
/// from the sources has the library itself, and nothing of this concerns it.
/// </summary>
/// <param name="folder">Where libtorch's libraries are, and where it is unpacked.</param>
/// <param name="cache">Where it is unpacked if that folder cannot be written, as with a tool that an administrator installed.</param>
internal sealed class PackedTorch(string folder, string cache)
{
    /// <summary>What is unpacked, as TorchSharp and the system's loader know it.</summary>
    internal const string Name = "libtorch_cpu.so";

    /// <summary>What the tool package holds in its place; build/OwnSystem.targets writes it.</summary>
    internal const string PackedName = $"{Name}.packed";

    private static readonly string[] Needed = ["libgomp*", "libc10.so"];

    private readonly string packed = Path.Combine(folder, PackedName);
    private readonly string beside = Path.Combine(folder, Name);

    // Whoever writes there decides what the command runs, so that in a folder of everyone's it is this user's own.
    private readonly string own = Path.GetFullPath(Path.Combine(cache, $"libtorch-{Environment.UserName}"));

    /// <summary>That of this command.</summary>
    /// <param name="cache">The user's folder for what can be made anew.</param>
    public static PackedTorch OfThisCommand(string cache) => new(Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native"), cache);

    /// <summary>Whether the library is still to be unpacked.</summary>
    /// <exception cref="BadInputException">The package's file is damaged.</exception>
    public bool IsPacked => File.Exists(packed) && !IsWhole(beside) && !IsWhole(Cached);

    private string Cached => Path.Combine(own, PackedLibrary.Describe(packed).Hash[..16], Name);

    /// <summary>The library's path where it is in the cache, so that TorchSharp, which asks for it by name, would not find it; else null.</summary>
    /// <exception cref="UnauthorizedAccessException">The cache is somebody else's.</exception>
    public string? PathToLoad()
    {
        if (!File.Exists(packed) || IsWhole(beside)) return null;
        MakeOwn();
        return Cached;
    }

    /// <summary>Unpacks the library: nobody sees a part of it, and two who do so at a time both succeed.</summary>
    /// <returns>The library's path.</returns>
    /// <exception cref="BadInputException">The package's file is damaged, or there is no room.</exception>
    /// <exception cref="OperationCanceledException">The user has stopped it.</exception>
    public string Unpack(IProgress<Progress> progress, CancellationToken cancel)
    {
        try
        {
            return Unpack(beside, progress, cancel);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return UnpackInCache(progress, cancel);
        }
    }

    private string UnpackInCache(IProgress<Progress> progress, CancellationToken cancel)
    {
        try
        {
            MakeOwn();
            // What it needs it looks for beside itself. Itself comes last: where it is, everything is.
            foreach (var needed in Needed.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern)))
            {
                var copy = Path.Combine(Path.GetDirectoryName(Cached)!, Path.GetFileName(needed));
                SafeFile.Write(copy, stream => stream.Write(File.ReadAllBytes(needed)));
            }

            return Unpack(Cached, progress, cancel);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            var size = PackedLibrary.Describe(packed).Length / 1e9;
            throw new BadInputException(
                $"libtorch is unpacked once, to {size:0.0} GB; neither {folder} nor {cache} takes it: {failure.Message}", failure);
        }
    }

    private string Unpack(string library, IProgress<Progress> progress, CancellationToken cancel)
    {
        var length = PackedLibrary.Describe(packed).Length;
        SafeFile.Write(library, stream => PackedLibrary.Unpack(packed, stream, done =>
        {
            cancel.ThrowIfCancellationRequested();
            progress.Report(new("unpacking libtorch, this once", done, length));
        }));
        return library;
    }

    private void MakeOwn()
    {
        const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateDirectory(own, Mine);
        // The system refuses this to anybody but the owner and the super-user.
        File.SetUnixFileMode(own, Mine);
    }

    // It gets its name when it is whole and proven; the length tells it from another version's.
    private bool IsWhole(string library) => new FileInfo(library) is { Exists: true } file && file.Length == PackedLibrary.Describe(packed).Length;
}
