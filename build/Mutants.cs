// Switches mutants on one by one and runs the tests of their room against each. build/mutants.sh makes the FOLDER that it reads:
//     dotnet run build/Mutants.cs FOLDER draw COUNT SEED ROOM...    a plain draw of the rooms' mutants into FOLDER/SEED.tsv, or the rest of it
//     dotnet run build/Mutants.cs FOLDER again SEED                 what survived of that draw, into FOLDER/SEED-again.tsv
#:property PublishAot=false
#:property TreatWarningsAsErrors=false

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is [var folder, "draw", var count, var seed, .. { Length: > 0 } rooms])
{
    var drawn = Mutant.Read($"{folder}/report.json").Where(mutant => rooms.Contains(mutant.Room)).ToArray();
    Console.WriteLine($"{count} of {drawn.Length:N0} mutants of {string.Join(", ", rooms)} drawn with seed {seed}");
    new Random(int.Parse(seed)).Shuffle(drawn);
    Try([.. drawn.Take(int.Parse(count))], $"{folder}/{seed}.tsv", new(folder));
    return 0;
}

if (args is [var place, "again", var earlier])
{
    var missed = File.ReadLines($"{place}/{earlier}.tsv").Where(row => !Outcome.Killed(row)).Select(row => row.Split('\t')[0]).ToHashSet();
    Console.WriteLine($"{missed.Count} mutants that no test killed in the draw with seed {earlier}");
    Try([.. Mutant.Read($"{place}/report.json").Where(mutant => missed.Contains($"{mutant.Id}"))], $"{place}/{earlier}-again.tsv", new(place));
    return 0;
}

Console.Error.WriteLine("Usage: FOLDER draw COUNT SEED ROOM... | FOLDER again SEED");
return 2;

static void Try(Mutant[] mutants, string results, Tests tests)
{
    // Tests have one thread each; more processes than cores would run into their limits.
    const int AtOnce = 2;
    var done = File.Exists(results) ? File.ReadLines(results).Select(row => row.Split('\t')[0]).ToHashSet() : [];
    foreach (var room in mutants.Select(mutant => mutant.Room).Distinct()) tests.Prepare(room);
    var gate = new Lock();
    var left = Partitioner.Create(mutants.Where(mutant => !done.Contains($"{mutant.Id}")), EnumerablePartitionerOptions.NoBuffering);
    Parallel.ForEach(left, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, mutant =>
    {
        var row = $"{mutant.Id}\t{mutant.Room}\t{tests.Against(mutant)}\t{mutant.Place}\t{mutant.Change}";
        lock (gate) File.AppendAllText(results, row + "\n");
        Console.WriteLine(row);
    });

    var wanted = mutants.Select(mutant => $"{mutant.Id}").ToHashSet();
    var rows = File.ReadLines(results).Where(row => wanted.Contains(row.Split('\t')[0])).ToArray();
    Console.WriteLine("\n| room | killed | survived |\n|---|---|---|");
    foreach (var room in rows.GroupBy(row => row.Split('\t')[1]).OrderBy(room => room.Key)) Console.WriteLine(Line(room.Key, [.. room]));
    Console.WriteLine(Line("all", rows));
    Console.WriteLine();
    foreach (var row in rows.Where(row => !Outcome.Killed(row))) Console.WriteLine(row);

    static string Line(string name, string[] rows)
    {
        var killed = rows.Count(Outcome.Killed);
        return $"| {name} | {killed} of {rows.Length}, {100.0 * killed / rows.Length:0}% | {rows.Length - killed} |";
    }
}

/// <summary>What the tests said of a mutant, as the third part of a row of results.</summary>
internal static class Outcome
{
    public const string Failed = "killed";

    /// <summary>A run that no longer ends is killed, too.</summary>
    public const string Late = "late";

    public const string Survived = "survived";

    /// <summary>No test of the room comes there: none can kill it.</summary>
    public const string Unreached = "unreached";

    public static bool Killed(string row) => row.Split('\t')[2].Split(' ')[0] is Failed or Late;
}

/// <summary>One change of the sources that compiles, as Stryker's report has it.</summary>
/// <param name="Id">What it is switched on by.</param>
/// <param name="File">The file below src/Pentimento.</param>
/// <param name="Place">File and line.</param>
/// <param name="Change">What stood there and what stands there instead.</param>
internal sealed record Mutant(int Id, string File, string Place, string Change)
{
    public string Room => File.Split('/')[0];

    /// <summary>The class of tests that mirrors the file.</summary>
    public string TestClass => $"Pentimento.Tests.{File[..^".cs".Length].Replace('/', '.')}Tests";

    public static Mutant[] Read(string report) =>
        [.. JsonNode.Parse(System.IO.File.ReadAllText(report))!["files"]!.AsObject()
            .SelectMany(file => OfFile(file.Key, file.Value!))
            .OrderBy(one => one.Id)];

    private static IEnumerable<Mutant> OfFile(string path, JsonNode about)
    {
        var file = path.Replace('\\', '/').Split("src/Pentimento/")[^1];
        var lines = ((string)about["source"]!).Split('\n');
        foreach (var mutant in about["mutants"]!.AsArray().Where(one => (string)one!["status"]! is not ("CompileError" or "Ignored")))
        {
            var (line, column) = At(mutant!["location"]!["start"]!);
            var (last, end) = At(mutant["location"]!["end"]!);
            var before = string.Join(' ', lines[line..(last + 1)]);
            before = before[column..(before.Length - lines[last].Length + end)];
            var change = $"{Short(before)} -> {Short((string)mutant["replacement"]!)}";
            yield return new(int.Parse((string)mutant["id"]!), file, $"{file}:{line + 1}", change);
        }
    }

    private static (int Line, int Column) At(JsonNode place) => ((int)place["line"]! - 1, (int)place["column"]! - 1);

    private static string Short(string code)
    {
        var words = string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Length <= 120 ? words : words[..119] + "…";
    }
}

/// <summary>The tests over the mutated assembly, a process for each run.</summary>
internal sealed class Tests(string folder)
{
    // A loop that no longer ends may fill the memory before its time is up.
    private const long MostMemory = 6L << 30;

    // Of a class that takes longer, the rows of its theories are run by themselves: most mutants are reached by few of them.
    private const double Slow = 10;
    private readonly string runner = Path.GetFullPath($"{folder}/tests/Pentimento.Tests");
    private readonly Dictionary<string, PartOfTests[]> rooms = [];

    /// <summary>The tests of the file itself first, then those of its room that come to the changed place.</summary>
    public string Against(Mutant mutant)
    {
        var reaching = rooms[mutant.Room].Where(one => one.Mutants.Contains(mutant.Id)).OrderBy(one => one.Seconds).ToArray();
        if (reaching.Length == 0) return Outcome.Unreached;
        foreach (var some in reaching.GroupBy(one => one.Class == mutant.TestClass).OrderByDescending(group => group.Key))
        {
            var limit = TimeSpan.FromSeconds((3 * some.Sum(one => one.Seconds)) + 20);
            var (exit, said) = Run(["-stopOnFail", .. Words(some)], limit, ("STRYKER_MUTANT_ID_CONTROL_VAR", "MUTANT"), ("MUTANT", $"{mutant.Id}"));
            if (exit is null) return Outcome.Late;
            var failed = said.FirstOrDefault(line => line.Contains("[FAIL]"))?.Replace("[FAIL]", "").Trim();
            if (exit != 0) return $"{Outcome.Failed} by {failed ?? "the end of the process"}";
        }

        return Outcome.Survived;
    }

    /// <summary>Runs the room's tests part by part over unchanged code: how long each takes and which mutants it comes to.</summary>
    public void Prepare(string room)
    {
        var hash = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(runner + ".dll")))[..8];
        var kept = $"{folder}/parts-{room}-{hash}.tsv";
        var known = (File.Exists(kept) ? File.ReadAllLines(kept) : []).Select(row => row.Split('\t')).ToDictionary(row => (row[0], row[1]));
        var parts = new List<PartOfTests>();
        foreach (var one in Cases(room).GroupBy(one => one.Class))
        {
            var whole = Part(one.Key, "all", [.. one.Select(test => test.Id)]);
            var rows = one.GroupBy(test => test.Arguments).ToArray();
            if (whole.Seconds < Slow || rows.Length == 1) parts.Add(whole);
            else parts.AddRange(rows.Select(row => Part(one.Key, row.Key, [.. row.Select(test => test.Id)])));
        }

        Console.WriteLine($"{room}: {parts.Count} parts of its tests pass without any change in {parts.Sum(one => one.Seconds):0} s");
        rooms[room] = [.. parts];

        PartOfTests Part(string name, string arguments, string[] ids)
        {
            if (!known.TryGetValue((name, arguments), out var row))
            {
                var (seconds, mutants) = Reached(new(name, ids, 0, []));
                row = [name, arguments, $"{seconds:0.0}", mutants];
                File.AppendAllText(kept, string.Join('\t', row) + "\n");
            }

            return new(name, ids, double.Parse(row[2]), [.. row[3].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)]);
        }
    }

    private (double Seconds, string Mutants) Reached(PartOfTests part)
    {
        var reached = Directory.CreateTempSubdirectory("reached");
        var watch = Stopwatch.StartNew();
        (string, string)[] environment = [("STRYKER_COVERAGE_FILE", "reached.txt"), ("TMPDIR", reached.FullName)];
        var (exit, said) = Run([.. Words([part])], TimeSpan.FromMinutes(10), environment);
        if (exit != 0) throw new InvalidOperationException($"{part.Class} fails without any change:\n{string.Join('\n', said.TakeLast(40))}");
        // What only static constructors come to is listed after the semicolon, and before it as well.
        var mutants = reached.GetFiles("reached*.txt").Select(file => File.ReadAllText(file.FullName).Split(';')[0]).FirstOrDefault("");
        reached.Delete(recursive: true);
        return (watch.Elapsed.TotalSeconds, mutants);
    }

    /// <summary>Every test of a room, the rows of theories one by one.</summary>
    private IEnumerable<(string Class, string Arguments, string Id)> Cases(string room)
    {
        var said = Run(["-preEnumerateTheories", "-list", "full/json"], TimeSpan.FromMinutes(5)).Said;
        foreach (var one in JsonNode.Parse(said.First(line => line.StartsWith('[')))!.AsArray())
        {
            var (name, shown) = ((string)one!["Class"]!, (string)one["DisplayName"]!);
            var bracket = shown.IndexOf('(');
            if (name.StartsWith($"Pentimento.Tests.{room}.")) yield return (name, bracket < 0 ? "" : shown[bracket..], (string)one["ID"]!);
        }
    }

    private static IEnumerable<string> Words(IEnumerable<PartOfTests> parts) =>
        parts.SelectMany(part => part.Ids).SelectMany(id => (string[])["-id", id]).Prepend("-preEnumerateTheories");

    /// <summary>The exit code, or null where it took too long or too much memory, and the lines of the output.</summary>
    private (int? Exit, List<string> Said) Run(string[] words, TimeSpan limit, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(runner, ["-noColor", .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var said = new List<string>();
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => said.Add(line.Data ?? "");
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var watch = Stopwatch.StartNew();
        var ended = false;
        while (!ended && watch.Elapsed < limit && MemoryOf(process) < MostMemory) ended = process.WaitForExit(200);

        if (!ended) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return (ended ? process.ExitCode : null, said);
    }

    private static long MemoryOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It has just ended.
            return 0;
        }
    }
}

/// <summary>Some tests of one class over unchanged code.</summary>
/// <param name="Class">The class.</param>
/// <param name="Ids">What the runner calls them.</param>
/// <param name="Seconds">How long they took.</param>
/// <param name="Mutants">The mutants whose places they came to.</param>
internal sealed record PartOfTests(string Class, string[] Ids, double Seconds, HashSet<int> Mutants);
