namespace Pentimento.Tests.Architecture;

/// <summary>The width of <c>.editorconfig</c>, which no compiler checks.</summary>
public sealed class LineTests
{
    private const int Columns = 150;

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("bench")]
    [InlineData("examples")]
    [InlineData("build")]
    public void No_line_is_wider_than_a_screen(string folder)
    {
        var allowed = Allowed.In("long-lines");
        Nothing.In(
            Repository.Sources(folder, ".cs", ".razor", ".js", ".css", ".py")
                .Select(file => (Name: Path.GetRelativePath(Repository.Root, file), Lines: File.ReadLines(file)))
                .Where(file => !allowed.Contains(file.Name))
                .SelectMany(file => file.Lines.Index().Where(line => line.Item.Length > Columns).Select(line => $"{file.Name}:{line.Index + 1}")));
    }
}
