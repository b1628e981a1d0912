using Pentimento.Experiments;

namespace Pentimento.Lab.Runs;

/// <summary>The runs that lie near a lab: those beside its own folder, and those of its jobs.</summary>
public sealed class RunShelf
{
    private const int Most = 200;
    private static readonly string[] Pages = ["report.html", "page.html"];
    private readonly string folder;

    /// <summary>Looks where runs may lie.</summary>
    /// <param name="folder">The lab's folder.</param>
    internal RunShelf(string folder) => this.folder = folder;


    /// <summary>The runs, the newest first.</summary>
    internal IReadOnlyList<ShelvedRun> All =>
    [
        .. Places().Where(RunFolder.Holds).Select(place => new ShelvedRun(
                NameOf(place), place, Array.Find(Pages, page => File.Exists(Path.Combine(place, page))), File.GetLastWriteTimeUtc(place)))
            .OrderByDescending(run => run.Written).ThenBy(run => run.Name, StringComparer.Ordinal).Take(Most),
    ];

    /// <summary>The run of a name.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    internal ShelvedRun Find(string name) =>
        All.FirstOrDefault(run => run.Name == name) ?? throw new BadInputException($"There is no run '{Printable.Short(name)}' here.");

    private string NameOf(string place) => Path.GetRelativePath(Path.GetDirectoryName(folder) ?? folder, place).Replace('\\', '/');

    private IEnumerable<string> Places()
    {
        string[] shelves = [Path.GetDirectoryName(folder) ?? folder, Path.Combine(folder, "runs")];
        return shelves.Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories).Append(folder).Distinct();
    }
}

/// <summary>A run that is finished.</summary>
/// <param name="Name">Its folder's name, seen from where the lab's folder lies.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Page">Its page's file; null where it has none.</param>
/// <param name="Written">When it was finished.</param>
internal sealed record ShelvedRun(string Name, string Folder, string? Page, DateTime Written)
{
    /// <summary>Whether it is a run of two networks, which can be compared with others of its kind.</summary>
    public bool IsComparable => File.Exists(Path.Combine(Folder, "models", "lazy.safetensors")) && Page == "report.html";
}
