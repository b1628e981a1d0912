using Pentimento.Attacks;
using Pentimento.Foundation.Configuration;
using Pentimento.Training;
using Pentimento.Training.Objectives;

namespace Pentimento.Tests.Foundation.Configuration;

/// <summary>What every method promises to those who choose it by name. A new one is tested here without a line of its own.</summary>
public sealed class CatalogTests
{
    public static TheoryData<string, string> EverythingAndOperations =>
        [.. Catalog.Families.SelectMany(family => family.Members.Select(member => (family.Name, member.Name)))];

    public static TheoryData<string, string> Everything =>
        [.. Catalog.Families
            .Where(family => family.Name != "operations").SelectMany(family => family.Members.Select(member => (family.Name, member.Name)))];

    [Fact]
    public void Every_family_is_known_by_its_plural() =>
        Assert.Equal(
            ["attacks", "attributions", "networks", "objectives", "optimizers", "schedules"],
            Catalog.Families.Select(family => family.Name).Intersect(["attacks", "attributions", "networks", "objectives", "optimizers", "schedules"])
        );

    [Theory, MemberData(nameof(Everything))]
    public void It_says_what_it_is_and_where_it_comes_from(string family, string name)
    {
        var member = Find(family, name);

        Assert.EndsWith(".", member.Summary);
        Assert.NotEmpty(member.Source);
    }

    [Theory, MemberData(nameof(Everything))]
    public void It_documents_each_hyper_parameter_with_a_default(string family, string name) => Assert.All(Find(family, name).Parameters, parameter =>
    {
        Assert.NotEmpty(parameter.Meaning);
        // The default of a text may be none, as of a file that must be named.
        Assert.True(parameter.Default.Length > 0 || parameter.Kind == "text");
    });

    [Theory, MemberData(nameof(Everything))]
    public void Its_defaults_construct_and_its_spec_reads_back_as_the_same(string family, string name)
    {
        var type = Find(family, name).Type;
        var read = typeof(Catalog)
            .GetMethod(nameof(Catalog.Read))!
            .MakeGenericMethod(type.BaseType!.IsDefined(typeof(FamilyAttribute), false) ? type.BaseType : type.BaseType.BaseType!);

        var member = read.Invoke(null, [name])!;

        Assert.IsType(type, member);
        Assert.Equal(member, read.Invoke(null, [Catalog.Write(member)]));
    }

    /// <summary>What has no bounds is found out only after hours of work, or never.</summary>
    [Theory, MemberData(nameof(EverythingAndOperations))]
    public void Its_numbers_have_bounds_that_hold_their_defaults(string family, string name)
    {
        var usual = Settings.Of(Find(family, name).Type).Build(new Dictionary<Setting, object?>());

        Assert.All(Settings.Of(usual.GetType()).All.Where(IsNumber), setting =>
        {
            Assert.True(setting.Range is not null, $"{name}: {setting.Name} has no range");
            Pentimento.Foundation.Configuration.Binder.CheckRange(setting.Of(usual), setting.Range, setting.Name);
        });
    }

    private static bool IsNumber(Setting setting) =>
        (Nullable.GetUnderlyingType(setting.Type) ?? setting.Type) is { IsPrimitive: true } type && type != typeof(bool);

    [Theory, MemberData(nameof(Everything))]
    public void It_refuses_a_setting_that_it_does_not_have(string family, string name)
    {
        var member = Find(family, name);
        var root = Catalog.Families.First(known => known.Name == family);

        var failure = Assert.Throws<BadInputException>(() =>
            Pentimento.Foundation.Configuration.Binder.Bind($"{name}:no-such-thing=1", member.Type, root.Singular));

        Assert.Contains("no setting 'no-such-thing'", failure.Message);
    }

    [Theory]
    [InlineData("pdg", "did you mean 'pgd'?")]
    [InlineData("pgd:step=3", "did you mean 'steps'?")]
    [InlineData("auto-attack:radius=1.5", "auto-attack.radius: 1.5 is not at least 0 and at most 1.")]
    [InlineData("pgd:steps=0", "pgd.steps: 0 is not at least 1")]
    [InlineData("pgd:steps=many", "expected a whole number, got 'many'")]
    [InlineData("pgd:random-start=perhaps", "expected true or false, got 'perhaps'")]
    [InlineData("pgd:radius=1/0", "expected a number, got '1/0'")]
    [InlineData("pgd:radius=nan", "expected a number, got 'nan'")]
    [InlineData("pgd:steps=3,steps=4", "'steps' is given twice")]
    [InlineData("pgd:steps=3,Steps=4", "'steps' is given twice")]
    [InlineData("pgd:steps", "should read name=value")]
    [InlineData("pgd:", "should read name=value")]
    [InlineData("", "There is no attack called ''")]
    public void What_cannot_be_meant_is_refused_in_a_sentence(string spec, string part) =>
        Assert.Contains(part, Assert.Throws<BadInputException>(() => Catalog.Read<Attack>(spec)).Message);

    [Fact]
    public void A_fraction_is_a_number() => Assert.Equal(new Pgd(Radius: 8 / 255.0), Catalog.Read<Attack>("pgd:radius=8/255"));

    [Fact]
    public void Names_and_settings_are_read_in_any_case_and_with_spaces() =>
        Assert.Equal(new VarianceRiskExtrapolation(100, 5), Catalog.Read<Objective>("V-REx: Weight = 100 , warm-up = 5"));

    [Fact]
    public void Exclusive_ends_are_refused_and_inclusive_ones_taken()
    {
        Assert.Contains("above 0", Assert.Throws<BadInputException>(() => Catalog.Read<Optimizer>("adam:learning-rate=0")).Message);
        Assert.Equal(new Adam(10), Catalog.Read<Optimizer>("adam:learning-rate=10"));
    }

    [Fact]
    public void A_spec_names_every_hyper_parameter() =>
        Assert.Equal("v-rex:weight=10,warm-up=500,early=1,softening=divide-loss,scaling=variance", Catalog.Write(new VarianceRiskExtrapolation()));

    private static Member Find(string family, string name) => Catalog.Families.First(known => known.Name == family).Find(name);
}
