// Draws mutants for build/mutants.sh, and counts what became of them:
//     dotnet run build/SampleMutants.cs draw COUNT SEED FOLDER ROOM...     reads FOLDER/ROOM/list.json, writes FOLDER/ROOM/drawn.json and mutate.json
//     dotnet run build/SampleMutants.cs count FOLDER ROOM...               reads FOLDER/ROOM/drawn.json and tried.json, prints two tables
#:property PublishAot=false
#:property TreatWarningsAsErrors=false

using System.Text.Json.Nodes;

switch (args)
{
    case ["draw", var count, var seed, var folder, .. var rooms]:
        Draw(int.Parse(count), int.Parse(seed), folder, rooms);
        break;
    case ["count", var folder, .. var rooms]:
        Count(folder, rooms);
        break;
    default:
        Console.Error.WriteLine("Usage: draw COUNT SEED FOLDER ROOM... | count FOLDER ROOM...");
        return 2;
}

return 0;

static void Draw(int count, int seed, string folder, string[] rooms)
{
    var all = rooms.SelectMany(room => Read(Path.Combine(folder, room, "list.json"), room)).ToList();
    // What does not compile is no mutant, and what Stryker itself leaves out is nobody's.
    var order = all.Where(one => one.Status == "Ignored" && one.Reason.Contains("mutate filter"))
        .OrderBy(one => one.Key, StringComparer.Ordinal).ToArray();
    new Random(seed).Shuffle(order);
    var drawn = order.Take(count).ToHashSet();
    Console.Error.WriteLine($"{order.Length:N0} mutants in {string.Join(", ", rooms)}; {drawn.Count} drawn with seed {seed}");
    foreach (var room in rooms)
    {
        var mine = drawn.Where(one => one.Room == room).ToList();
        // A span brings every mutant inside it: those that nobody drew are taken out again, unless one that was drawn lies in them.
        var others = all.Where(one => one.Room == room && !drawn.Contains(one) && mine.Any(one.Within) && !mine.Any(drawn => drawn.Within(one)));
        string[] patterns = [.. mine.Select(one => one.Pattern).Distinct(), .. others.Select(one => $"!{one.Pattern}").Distinct()];
        Write("drawn.json", mine.Select(one => one.Key));
        Write("mutate.json", patterns);

        void Write(string name, IEnumerable<string> lines) =>
            File.WriteAllText(Path.Combine(folder, room, name), new JsonArray([.. lines.Order().Select(line => (JsonNode)line)]).ToJsonString());
    }
}

static void Count(string folder, string[] rooms)
{
    var found = rooms.SelectMany(room =>
    {
        var drawn = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, room, "drawn.json")))!.AsArray().Select(key => (string)key!).ToHashSet();
        return Read(Path.Combine(folder, room, "tried.json"), room).Where(one => drawn.Contains(one.Key));
    }).ToList();
    var tried = found.Where(one => one.Status is "Killed" or "Timeout" or "Survived" or "NoCoverage").ToList();
    Console.WriteLine("| room | drawn | killed | survived | no test comes there | share killed |");
    Console.WriteLine("|---|---|---|---|---|---|");
    foreach (var room in tried.GroupBy(one => one.Room)) Console.WriteLine(Line(room.Key, [.. room]));
    Console.WriteLine(Line("all", tried));
    Console.WriteLine();
    foreach (var other in found.Except(tried).GroupBy(one => one.Status)) Console.WriteLine($"not tried, {other.Key}: {other.Count()}");
    foreach (var one in tried.Where(one => one.Status is "Survived" or "NoCoverage").OrderBy(one => one.File).ThenBy(one => one.Start))
        Console.WriteLine($"{one.Status}: {one.File}:{one.Line} {one.Mutator}: {one.Original} -> {one.Replacement}");

    static string Line(string name, List<Mutant> some)
    {
        int Of(params string[] statuses) => some.Count(one => statuses.Contains(one.Status));
        var killed = Of("Killed", "Timeout");
        return $"| {name} | {some.Count} | {killed} | {Of("Survived")} | {Of("NoCoverage")} | {100.0 * killed / Math.Max(1, some.Count):0.0}% |";
    }
}

static List<Mutant> Read(string file, string room)
{
    var found = new List<Mutant>();
    foreach (var (path, about) in JsonNode.Parse(File.ReadAllText(file))!["files"]!.AsObject())
    {
        var name = path.Replace('\\', '/');
        if (!name.Contains($"/{room}/") && !name.StartsWith($"{room}/")) continue;
        var source = (string)about!["source"]!;
        int[] lines = [0, .. source.Index().Where(letter => letter.Item == '\n').Select(letter => letter.Index + 1)];
        foreach (var mutant in about["mutants"]!.AsArray())
        {
            var (start, end) = (At(mutant!["location"]!["start"]!), At(mutant["location"]!["end"]!));
            found.Add(new(
                room, name[(name.LastIndexOf($"{room}/") + room.Length + 1)..], start, end, Array.FindLastIndex(lines, line => line <= start) + 1,
                (string)mutant["mutatorName"]!, OneLine(source[start..end]), OneLine((string?)mutant["replacement"] ?? ""),
                (string)mutant["status"]!, (string?)mutant["statusReason"] ?? ""));
        }

        int At(JsonNode place) => lines[(int)place["line"]! - 1] + (int)place["column"]! - 1;
    }

    return found;
}

static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

internal sealed record Mutant(
    string Room, string File, int Start, int End, int Line, string Mutator, string Original, string Replacement, string Status, string Reason)
{
    public string Key => $"{Room}/{File}:{Start}-{End} {Mutator}: {Replacement}";

    public string Pattern => $"**/{Room}/{File}{{{Start}..{End}}}";

    public bool Within(Mutant other) => File == other.File && Start >= other.Start && End <= other.End;
}
