using System.Text.RegularExpressions;

namespace Pentimento.Tests.Architecture;

/// <summary>Who may see whom: this table is the architecture.</summary>
public sealed partial class RoomTests
{
    /// <summary>What each room uses. Foundation is seen by all and knows nobody.</summary>
    private static readonly Dictionary<string, string[]> Rooms = new()
    {
        ["Foundation"] = [],
        ["Data"] = [],
        // Weights are kept as NumPy arrays, and a network says which images it reads.
        ["Networks"] = ["Data"],
        ["Evaluation"] = ["Data", "Networks"],
        // The accuracy after each epoch, and the errors that reveal environments, are the judge's.
        // Adversarial training attacks the network that it trains.
        ["Training"] = ["Data", "Networks", "Evaluation", "Attacks"],
        // What a channel is for shows in the accuracy without it, a share with an interval.
        ["Probing"] = ["Data", "Networks", "Evaluation"],
        // A share of images has the judge's interval, and what a method promises is held against the judge's logits.
        ["Attribution"] = ["Data", "Networks", "Evaluation"],
        // An attack's success is a share with an interval, and the victim's answers are the judge's.
        ["Attacks"] = ["Data", "Networks", "Evaluation"],
        // Autoencoders follow the gradient as networks do.
        ["Sparse"] = ["Data", "Networks", "Training"],
        // Before and after an operation a network is judged, explained and attacked.
        ["Surgery"] = ["Data", "Networks", "Evaluation", "Attribution", "Attacks", "Sparse"],
        ["Experiments"] = ["Data", "Networks", "Evaluation", "Training", "Attribution", "Attacks"],
    };

    public static TheoryData<string> Everyone =>
        [
            .. Directory
                .GetDirectories(Repository.At("src/Pentimento"))
                .Select(folder => Path.GetFileName(folder))
                .Where(room => room is not ("obj" or "bin")),
        ];

    [Theory, MemberData(nameof(Everyone))]
    public void A_room_uses_what_the_table_says_and_nothing_else(string room)
    {
        Assert.True(Rooms.ContainsKey(room), $"The room {room} is not in the table.");
        var used = Repository
            .Sources($"src/Pentimento/{room}", ".cs")
            .SelectMany(Used)
            .Where(other => other != room && other != "Foundation")
            .Distinct()
            .Order();

        Assert.Equal(Rooms[room].Order(), used);
    }

    [Fact]
    public void Nobody_sees_a_room_that_sees_him()
    {
        var above = Rooms.Keys.ToDictionary(room => room, room => Closure(room));

        Assert.All(Rooms.Keys, room => Assert.DoesNotContain(room, above[room]));
    }

    [Fact]
    public void Only_foundation_is_seen_everywhere() =>
        Assert.Equal(
            ["global using Pentimento.Foundation;"],
            File.ReadAllLines(Repository.At("src/Pentimento/GlobalUsings.cs")).Where(line => line.Length > 0));

    [Fact]
    public void A_namespace_is_its_folder() =>
        Assert.All(Repository.Sources("src/Pentimento", ".cs").Where(file => !file.EndsWith("GlobalUsings.cs", StringComparison.Ordinal)), file =>
        {
            var folder = Path.GetRelativePath(Repository.At("src"), Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
            Assert.Contains($"namespace {folder};", File.ReadAllText(file));
        });

    /// <summary>The rooms that a file names, in a using line or in full.</summary>
    private static IEnumerable<string> Used(string file) =>
        RoomName().Matches(File.ReadAllText(file)).Select(match => match.Groups["room"].Value).Where(Rooms.ContainsKey);

    private static HashSet<string> Closure(string room)
    {
        var seen = new HashSet<string>();
        var open = new Queue<string>(Rooms[room]);
        while (open.TryDequeue(out var next))
        {
            if (seen.Add(next)) Rooms[next].ToList().ForEach(open.Enqueue);
        }

        return seen;
    }

    [GeneratedRegex(@"Pentimento\.(?<room>[A-Z][A-Za-z]+)")]
    private static partial Regex RoomName();
}
