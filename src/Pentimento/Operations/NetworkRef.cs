using System.Diagnostics.CodeAnalysis;
using Pentimento.Networks.Onnx;

namespace Pentimento.Operations;

/// <summary>
/// A reference to a trained network: a file of ours, or weights whose architecture is said beside it; with a name where tables and pages
/// are to call it
/// otherwise than its file, as in <c>lazy=a.safetensors</c>.
/// </summary>
/// <param name="File">The path of a <c>.safetensors</c>, <c>.pth</c> or <c>.npz</c>.</param>
public sealed record NetworkRef(string File) : IParsable<NetworkRef>
{
    /// <summary>How tables and pages call the network; by default the file's name without its ending.</summary>
    public string Name { get; init; } = Path.GetFileNameWithoutExtension(File);

    private const string Steps = "step:";

    /// <summary>The step of an experiment that trains the network, where the reference is <c>step:NAME</c>; null for a file.</summary>
    internal string? Step => File.StartsWith(Steps, StringComparison.Ordinal) ? File[Steps.Length..] : null;

    /// <summary>Reads a reference.</summary>
    public static implicit operator NetworkRef(string file) => Parse(file);

    /// <summary>Reads a reference; a file whose own name has an equals sign is written with its folder, as in <c>./a=b.safetensors</c>.</summary>
    /// <exception cref="BadInputException">The text is empty.</exception>
    public static NetworkRef Parse(string s, IFormatProvider? provider = null)
    {
        Require.That(TryParse(s, provider, out var result), $"The file of a network is needed; got an empty name.");
        return result;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out NetworkRef result)
    {
        result = null;
        if (string.IsNullOrWhiteSpace(s)) return false;
        var equals = s.IndexOf('=');
        var named = equals > 0 && !s.AsSpan(0, equals).ContainsAny('/', '\\');
        var file = named ? s[(equals + 1)..] : s;
        if (string.IsNullOrWhiteSpace(file)) return false;
        result = named ? new(file) { Name = s[..equals] } : new(file);
        return true;
    }

    /// <summary>The SHA-256 of the file's bytes; of an .onnx whose weights lie in files beside it, of all of them.</summary>
    /// <param name="run">Stops the reading.</param>
    /// <exception cref="BadInputException">There is no such file.</exception>
    internal string Hash(RunContext run)
    {
        Require.That(System.IO.File.Exists(File), $"There is no file {File}.");
        var own = ContentHash.OfFile(File, run.Cancel);
        var beside = ExternalFiles.Of(File);
        if (beside.Count == 0) return own;
        using var hash = new ContentHash();
        hash.Add(own);
        foreach (var file in beside) hash.AddNamed(Path.GetDirectoryName(Path.GetFullPath(File))!, file, run.Cancel);
        return hash.Value();
    }

    /// <summary>The size of the file, in bytes.</summary>
    /// <exception cref="BadInputException">There is no such file.</exception>
    internal long SizeInBytes()
    {
        Require.That(System.IO.File.Exists(File), $"There is no file {File}.");
        return new FileInfo(File).Length;
    }

    /// <inheritdoc/>
    public override string ToString() => Name == Path.GetFileNameWithoutExtension(File) ? File : $"{Name}={File}";
}
