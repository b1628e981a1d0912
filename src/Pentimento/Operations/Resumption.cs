namespace Pentimento.Operations;

/// <summary>How interrupted work is resumed: by the same command, with the folder where its finished part is.</summary>
/// <param name="Kept">What is kept, as in <c>Finished steps</c>.</param>
/// <param name="Option">The option that names the folder; null where the same command finds it.</param>
/// <param name="Folder">The folder; null where the same command finds it.</param>
internal sealed record Resumption(string Kept, string? Option = null, string? Folder = null)
{
    /// <summary>Whether the job is a run with a folder of its own, and so no step of another.</summary>
    public bool IsRun { get; init; } = true;

    /// <summary>The sentence with the command.</summary>
    /// <param name="words">The words of the command that was interrupted, without its name.</param>
    public string Sentence(IReadOnlyList<string> words)
    {
        var named = Folder is null || words.Any(word => word.Length > 0 && Path.GetFullPath(word[(word.IndexOf('=') + 1)..]) == Folder);
        string[] more = named ? [] : [$"--{Option}", Folder!];
        return $"{Kept} are kept. Continue with: pentimento {string.Join(' ', words.Concat(more).Select(ShellWord.Quoted))}";
    }
}
