// Draws places for build/mutants.sh, and counts what became of the mutants there:
//     dotnet run build/SampleMutants.cs draw LINES SEED ROOM...     prints Stryker's patterns of so many lines of the rooms' files
//     dotnet run build/SampleMutants.cs count REPORT.json           prints a table by file, and every mutant that no test notices
#:property PublishAot=false
#:property TreatWarningsAsErrors=false

using System.Text.Json.Nodes;

switch (args)
{
    case ["draw", var count, var seed, .. var rooms]:
        Draw(int.Parse(count), int.Parse(seed), rooms);
        return 0;
    case ["count", var report]:
        Count(report);
        return 0;
    default:
        Console.Error.WriteLine("Usage: draw LINES SEED ROOM... | count REPORT.json");
        return 2;
}

static void Draw(int count, int seed, string[] rooms)
{
    var places = new List<string>();
    var files = rooms.SelectMany(room => Directory.GetFiles(Path.Combine("src/Pentimento", room), "*.cs", SearchOption.AllDirectories));
    foreach (var file in files.Order(StringComparer.Ordinal))
    {
        var at = 0;
        foreach (var line in File.ReadAllText(file).Split('\n'))
        {
            // Comments and usings hold no formula.
            var text = line.Trim();
            var isCode = text.Length > 2 && !text.StartsWith("//") && !text.StartsWith("using ");
            if (isCode) places.Add($"**/{file["src/Pentimento/".Length..]}{{{at}..{at + line.Length}}}");
            at += line.Length + 1;
        }
    }

    var drawn = places.ToArray();
    new Random(seed).Shuffle(drawn);
    Console.Error.WriteLine($"{Math.Min(count, drawn.Length)} of {drawn.Length:N0} lines of {string.Join(", ", rooms)} drawn with seed {seed}");
    foreach (var place in drawn.Take(count).Order(StringComparer.Ordinal)) Console.WriteLine(place);
}

static void Count(string report)
{
    var (table, missed) = (new List<(string File, string Status)>(), new List<string>());
    foreach (var (path, about) in JsonNode.Parse(File.ReadAllText(report))!["files"]!.AsObject())
    {
        var file = path.Replace('\\', '/').Split("src/Pentimento/")[^1];
        var lines = ((string)about!["source"]!).Split('\n');
        foreach (var mutant in about["mutants"]!.AsArray())
        {
            // A run that no longer ends is noticed, too; what does not compile is no mutant, what is left out is nobody's.
            var status = (string)mutant!["status"]! switch
            {
                "Killed" or "Timeout" => "killed",
                "Survived" => "survived",
                "NoCoverage" => "unseen",
                _ => "",
            };
            if (status.Length == 0) continue;
            table.Add((file, status));
            var line = (int)mutant["location"]!["start"]!["line"]!;
            var replacement = string.Join(' ', ((string?)mutant["replacement"] ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (status != "killed") missed.Add($"{status}: {file}:{line} {mutant["mutatorName"]}: {lines[line - 1].Trim()} -> {replacement}");
        }
    }

    Console.WriteLine("| file | killed | survived | no test comes there |");
    Console.WriteLine("|---|---|---|---|");
    foreach (var group in table.GroupBy(one => one.File).OrderBy(group => group.Key, StringComparer.Ordinal))
        Console.WriteLine(Row(group.Key, [.. group]));
    foreach (var group in table.GroupBy(one => one.File.Split('/')[0])) Console.WriteLine(Row($"all of {group.Key}", [.. group]));
    Console.WriteLine();
    missed.ForEach(Console.WriteLine);

    static string Row(string name, List<(string File, string Status)> some)
    {
        int Of(string status) => some.Count(one => one.Status == status);
        return $"| {name} | {Of("killed")} of {some.Count}, {100.0 * Of("killed") / some.Count:0}% | {Of("survived")} | {Of("unseen")} |";
    }
}
