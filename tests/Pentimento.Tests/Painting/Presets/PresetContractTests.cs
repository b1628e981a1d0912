using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Painting.Presets;

namespace Pentimento.Tests.Painting.Presets;

/// <summary>What every preset in the catalogue promises. A new one is tested here without a line of its own.</summary>
public sealed class PresetContractTests
{
    public static TheoryData<string> Everyone => [.. Catalog.FamilyOf(typeof(Preset)).Members.Select(member => member.Name)];

    [Theory, MemberData(nameof(Everyone))]
    public void It_cites_its_paper_and_its_code(string name)
    {
        var source = Catalog.FamilyOf(typeof(Preset)).Find(name).Source;

        Assert.Contains("arXiv:", source, StringComparison.Ordinal);
        Assert.Contains(".py", source, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Everyone))]
    public void The_same_seed_paints_the_same_bytes_and_another_others(string name)
    {
        var preset = Catalog.Read<Preset>(name);
        string[] first = [.. ArtifactPictures.Sketch(preset).Select(ArtifactPictures.Checksum)];

        Assert.Equal(first, ArtifactPictures.Sketch(preset).Select(ArtifactPictures.Checksum));
        Assert.DoesNotContain(ArtifactPictures.Sketch(preset, seed: 1).Select(ArtifactPictures.Checksum).First(), first);
    }

    [Theory, MemberData(nameof(Everyone))]
    public void Its_sets_are_whole_and_named_apart(string name)
    {
        var names = new List<string>();
        var splits = new HashSet<Split>();
        foreach (var set in ArtifactPictures.Sketch(Catalog.Read<Preset>(name)))
        {
            names.Add(set.Name);
            splits.Add(set.Split);
            Assert.Matches("^[a-z][a-z0-9]*$", set.Name);
            Assert.InRange(set.Images.Count, 600, 25_000);
            Assert.Equal(3, set.Images.Shape.Channels);
            Assert.All(set.Images.Labels, label => Assert.InRange(label, 0, 9));
            Assert.True(set.Images.Colors.Length == set.Images.Count || set.Images.Attributes.Count > 0);
            Assert.All(set.Images.Colors, color => Assert.InRange(color, 0, 9));
            Assert.All(set.Images.Attributes.Values, values => Assert.Equal(set.Images.Count, values.Length));
            Assert.Contains(set.Images.Pixels.ToArray(), pixel => pixel > 0);
        }

        Assert.Equal(names.Distinct(), names);
        Assert.Equal(2, splits.Count);
    }

    [Theory, MemberData(nameof(Everyone))]
    public void It_can_be_cancelled(string name)
    {
        using var heard = new Heard(_ => true);

        Assert.ThrowsAny<OperationCanceledException>(() =>
            Catalog.Read<Preset>(name).Paint(ArtifactPictures.Train, Easel.Test, new(0), heard.Run()).Count());
    }

    [Theory, MemberData(nameof(Everyone))]
    public void Labels_that_are_no_digits_are_refused(string name)
    {
        var letters = new Digits("letters", new byte[784], [10], 28, 28);

        Assert.Contains(
            "labels 0 to 9",
            Assert
                .Throws<BadInputException>(() => Catalog.Read<Preset>(name).Paint(ArtifactPictures.Train, letters, new(0), RunContext.OnCpu()))
                .Message);
    }
}
