namespace Pentimento.Tests.Architecture;

/// <summary>Which room uses which: read from all sources.</summary>
internal sealed class Uses
{
    private Uses(IReadOnlyList<SourceFile> files, ILookup<(string From, string To), string> edges)
    {
        Files = files;
        Edges = edges;
    }

    /// <summary>All source files of all projects.</summary>
    public IReadOnlyList<SourceFile> Files { get; }

    /// <summary>The files that use, by who uses whom.</summary>
    public ILookup<(string From, string To), string> Edges { get; }

    /// <summary>
    /// Reads <c>using</c> lines and names in full. What a file sees without a word of its own (the rooms around its own, what its project imports
    /// for all) counts where one of the types there is mentioned.
    /// </summary>
    public static Uses Read()
    {
        var files = Repository.Sources("src", ".cs", ".razor").Select(path => new SourceFile(path)).ToList();
        var rooms = files.Select(file => file.Room).ToHashSet();
        var types = files.Where(file => !file.IsImports).ToLookup(file => file.Room, file => file.Declares);
        var imports = files
            .Where(file => file.IsImports)
            .ToLookup(file => (Project(file.Path), Path.GetExtension(file.Path)), file => file.Named(rooms));
        var edges = files
            .Where(file => !file.IsImports)
            .SelectMany(file => Used(file).Where(room => room != file.Room).Distinct().Select(room => (file.Room, room, file.Name)))
            .ToLookup(edge => (edge.Room, edge.room), edge => edge.Name);
        return new(files, edges);

        IEnumerable<string> Used(SourceFile file) =>
            file.Named(rooms).Concat(Silent(file).Where(room => types[room].Any(file.Mentions)));

        IEnumerable<string> Silent(SourceFile file) =>
            Around(file.Room)
                .Concat(imports[(Project(file.Path), Path.GetExtension(file.Path))].SelectMany(named => named))
                .Concat(imports[(Project(file.Path), ".cs")].SelectMany(named => named));
    }

    private static string Project(string path) =>
        Path.GetRelativePath(Repository.At("src"), path).Split(Path.DirectorySeparatorChar)[0];

    // Names of the library's own folder are seen by all, those of a room by its parts.
    private static IEnumerable<string> Around(string room)
    {
        yield return "Pentimento";
        for (var dot = room.IndexOf('.', StringComparison.Ordinal); dot > 0; dot = room.IndexOf('.', dot + 1)) yield return room[..dot];
    }
}
