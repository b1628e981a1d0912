namespace Pentimento.Tests.Architecture;

/// <summary>Holds the sources against the table of <see cref="House"/>.</summary>
public sealed class RoomTests
{
    private static readonly Uses Uses = Uses.Read();

    [Fact]
    public void Every_room_is_in_the_table() =>
        Assert.All(Uses.Files, file => Assert.True(House.Has(file.Room), $"{file.Room} is not in the table."));

    [Fact]
    public void A_room_uses_what_the_table_says_and_nothing_else() =>
        Nothing.In(
            Uses.Edges
                .Where(edge => House.Has(edge.Key.From) && House.Has(edge.Key.To))
                .Where(edge => !House.LiesBelow(edge.Key.To, edge.Key.From) && !Excepted(edge.Key) && !House.Known.Contains(edge.Key))
                .Select(edge => $"{edge.Key.From} uses {edge.Key.To} in {string.Join(", ", edge)}"));

    [Fact]
    public void An_exception_is_one() =>
        Assert.All(House.Exceptions, exception =>
        {
            Assert.False(House.LiesBelow(exception.To, exception.From), $"{exception.From} may use {exception.To} anyway.");
            Assert.True(
                Uses.Edges.Any(edge => House.RoomOf(edge.Key.From) == exception.From && House.RoomOf(edge.Key.To) == exception.To),
                $"{exception.From} no longer uses {exception.To}: take the exception out.");
        });

    [Fact]
    public void There_is_no_new_circle_of_rooms() => Nothing.In(
        Circles.In(Uses.Edges.Select(edge => edge.Key).Except(House.Known)).Select(circle => string.Join(" <-> ", circle)));

    [Fact]
    public void There_is_no_new_circle_of_whole_rooms() => Nothing.In(
        Circles
            .In(Uses.Edges.Select(edge => edge.Key).Except(House.Known).Select(edge => (House.RoomOf(edge.From), House.RoomOf(edge.To))))
            .Select(circle => string.Join(" <-> ", circle)));

    [Theory]
    [InlineData("a>b b>c", "")]
    [InlineData("a>b b>a", "a b")]
    [InlineData("a>b b>c c>a d>a", "a b c")]
    [InlineData("a>b b>a c>d d>c a>c", "a b|c d")]
    public void A_circle_is_found(string edges, string circles) => Assert.Equal(
        circles,
        string.Join('|', Circles.In(edges.Split(' ').Select(edge => (edge[..1], edge[2..]))).Select(circle => string.Join(' ', circle))));

    [Fact]
    public void Only_foundation_is_seen_everywhere() =>
        Assert.Equal(
            ["global using Pentimento.Foundation;"],
            File.ReadAllLines(Repository.At("src/Pentimento/GlobalUsings.cs")).Where(line => line.Length > 0));

    [Fact]
    public void A_namespace_is_its_folder() =>
        Assert.All(Uses.Files.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal) && !file.IsImports && file.Name != "Program"), file =>
        {
            var folder = Path.GetRelativePath(Repository.At("src"), Path.GetDirectoryName(file.Path)!).Replace(Path.DirectorySeparatorChar, '.');
            Assert.Contains($"namespace {folder};", File.ReadAllText(file.Path));
        });

    // A part of a room has the room's exceptions.
    private static bool Excepted((string From, string To) edge) =>
        House.Exceptions.Any(exception => exception.From == House.RoomOf(edge.From) && exception.To == House.RoomOf(edge.To));
}
