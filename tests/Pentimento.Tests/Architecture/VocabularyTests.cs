using System.Text.RegularExpressions;

namespace Pentimento.Tests.Architecture;

/// <summary>Types and members bear the words of the field; the riddles of earlier days do not come back.</summary>
public sealed partial class VocabularyTests
{
    /// <summary>Words that are nobody's name, nor a part of one.</summary>
    private static readonly HashSet<string> Retired =
    [
        // Training.
        "Schooling", "Course", "Pupil", "RepairMethod", "Deck", "Dealt", "Logbook", "Beginning", "Apprenticeship", "Lesson", "Stepper", "Told",
        "BiasConflicting",
        // Evaluation.
        "Judge", "Proportion", "Worn", "Wears", "Repainted", "Lit",
        // Probing and attribution.
        "Interview", "Silence", "Alike", "Climb", "Speaks",
        // Attacks.
        "Doubts", "Cloak", "Assault",
        // Autoencoders and editing.
        "Checkup", "Patient", "Visit", "Rivals", "Spliced", "Muting", "Surgery",
        // Experiments and reports.
        "Ink", "Lettering", "Album", "Witness", "Screenfuls", "Contest", "Winning",
        "Story", "Narrator", "Keepsakes", "Gallery", "Making", "Desk", "Telling",
        // Data and files.
        "Coat", "Tints", "Turns", "Dice", "Cores",
    ];

    /// <summary>Words that are no name by themselves; as a part of a longer name they may say something.</summary>
    private static readonly HashSet<string> RetiredAlone =
    [
        "Answers", "Spread", "Question", "Best", "Tick", "Words", "Half", "Aim", "Goal", "Descent", "Ask", "Tells", "Pen", "Focus",
    ];

    [Fact]
    public void No_type_and_no_member_bears_a_retired_word()
    {
        var allowed = Allowed.In("retired-words");
        Nothing.In(
            Repository.Sources("src", ".cs", ".razor")
                .SelectMany(file => Names(File.ReadAllText(file)).Where(IsRetired).Where(name => !allowed.Contains(name)).Select(name =>
                    $"{name} in {Path.GetFileName(file)}")));
    }

    [Theory]
    [InlineData("public sealed record Pupil(int Age);", "Pupil")]
    [InlineData("internal class OldDeck { }", "OldDeck")]
    [InlineData("    public double FlipRate => Told + 1;", "")]
    [InlineData("    private static int Dice() => 4;", "Dice")]
    [InlineData("record Share(int Hits, double Worn);", "Worn")]
    [InlineData("// a Story", "")]
    public void A_retired_name_is_found_where_it_is_declared(string code, string found) =>
        Assert.Equal(found, string.Join(' ', Names(code).Where(IsRetired)));

    /// <summary>Help, doc comments, pages, manuals, recipes and variables say the field's word, too.</summary>
    [Fact]
    public void No_sentence_and_no_variable_holds_a_retired_word()
    {
        var manuals = Directory.EnumerateFiles(Repository.At("docs"), "*.md").Append(Repository.At("README.md"));
        Nothing.In(
            Repository.Sources("src", ".cs", ".razor", ".js").Concat(Repository.Sources("recipes", ".yaml")).Concat(manuals)
                .SelectMany(file => Spoken().Matches(File.ReadAllText(file)).Select(match => $"{match.Value} in {Path.GetFileName(file)}")));
    }

    [Fact]
    public void No_verb_has_a_result_of_its_own() =>
        Nothing.In(
            Repository.Sources("src/Pentimento.Cli", ".cs")
                .Where(file => PrivateResult().IsMatch(File.ReadAllText(file)))
                .Select(file => Path.GetFileNameWithoutExtension(file)));

    private static bool IsRetired(string name) =>
        RetiredAlone.Contains(name) || Part().Matches(name).Any(part => Retired.Contains(part.Value));

    private static IEnumerable<string> Names(string code) =>
        Declared().Matches(Comment().Replace(code, "")).Select(match => match.Groups["name"].Value).Distinct();

    [GeneratedRegex(@"//[^\n]*|@\*[\s\S]*?\*@")]
    private static partial Regex Comment();

    [GeneratedRegex("[A-Z][a-z0-9]*")]
    private static partial Regex Part();

    // A type after its keyword, or a member or a record's parameter: a type, a blank, the name, and what follows a declaration.
    [GeneratedRegex(
        @"\b(class|struct|interface|enum|record)\s+(struct\s+)?(?<name>[A-Z]\w*)"
            + @"|(?<!\b(new|return|is|as|case|not|await|throw))\s*[\w>\])?]\s+(?<name>[A-Z]\w*)\s*(\(|\{|=>|=|,|\)|;|<)")]
    private static partial Regex Declared();

    // What stands in quotation marks alone is a seed's name, which must not change: For("rivals").
    [GeneratedRegex(
        @"\b(wears?|wore|worn|repaint(s|ed|ing)?|take home|whole story|made small|wish to stop|told nothing|keepsakes?|narrator|logbook"
            + @"|pupils?|patients?|checkup|spliced|mut(ed|ing)|desk|dice|speaks)\b|(?<!"")\brivals\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Spoken();

    [GeneratedRegex(@"private sealed record \w*Result\b")]
    private static partial Regex PrivateResult();
}
