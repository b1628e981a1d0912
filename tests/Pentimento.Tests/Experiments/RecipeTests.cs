using Pentimento.Attacks;
using Pentimento.Experiments;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Training;
using Pentimento.Training.Objectives;

namespace Pentimento.Tests.Experiments;

public sealed class RecipeTests
{
    public static TheoryData<string> Examples =>
        [
            .. Repository
                .Sources("recipes", ".yaml")
                .Where(file => File.ReadAllText(file).Contains("\nlazy:", StringComparison.Ordinal))
                .Select(file => Path.GetFileNameWithoutExtension(file)!),
        ];

    [Fact]
    public void The_quick_one_is_what_it_says()
    {
        var quick = Recipe.Read("quick");

        Assert.Equal(("quick", 1UL, "rg_95z", 0), (quick.Name, quick.Seed, quick.Train, quick.Limit));
        Assert.Equal(["rg_95z", "gr_95z", "gr_95h", "bw_100z", "un_0z"], quick.Evaluate);
        Assert.Equal(new GeneralizedCrossEntropy(0.7), quick.Lazy.Objective);
        Assert.Equal(new EmpiricalRisk(), quick.Repaired.Objective);
        Assert.Equal(new Pgd(0.05, 0.01, 40), quick.Attack.With);
        Assert.Equal(new Cnn3(), quick.Repaired.Network);
    }

    [Theory, MemberData(nameof(Examples))]
    public void Every_example_is_read_from_its_file_and_by_its_name(string name) =>
        Assert.Equal(Recipe.Read(Repository.At($"recipes/{name}.yaml")).ToYaml(), Recipe.Read(name).ToYaml());

    [Theory, MemberData(nameof(Examples))]
    public void With_every_default_spelled_out_it_reads_back_as_the_same(string name)
    {
        using var scratch = new Scratch();
        var recipe = Recipe.Read(name);

        var back = Recipe.Read(scratch.Write("recipe.yaml", recipe.ToYaml()));

        Assert.Equal(recipe.Evaluate, back.Evaluate);
        // Lists compare by identity; all else must be equal.
        Assert.Equal(recipe, back with { Evaluate = recipe.Evaluate });
        Assert.Equal(recipe.ToYaml(), back.ToYaml());
    }

    [Theory]
    [InlineData("nmae: x", "recipe.yaml, line 1 has no setting 'nmae'; did you mean 'name'?")]
    [InlineData("seed: 1", "'name' is missing")]
    [InlineData("name: a b", "a name is made of letters, digits and hyphens")]
    [InlineData("name: ../up", "a name is made of letters, digits and hyphens")]
    [InlineData("name: x\ntrain: rg_195z", "195 percent is more than all")]
    [InlineData("name: x\nevaluate: [rg_95z]", "at least two canvases")]
    [InlineData("name: x\nevaluate: [rg_95z, mnist]", "'mnist' is not a dataset name")]
    [InlineData("name: x\ntrain: my/photos", "run paints its sets itself, and my/photos is none of them; the key painting")]
    [InlineData("name: x\nlazy:\n  objective: gces", "no objective called 'gces'; did you mean 'gce'?")]
    [InlineData("name: x\nlazy:\n  epochs: 0", "epochs: 0 is not at least 1")]
    [InlineData("name: x\nattack:\n  source: 10", "source: 10 is not at least 0 and at most 9")]
    [InlineData("name: x\nseed: -1", "seed: expected a whole number, got '-1'")]
    [InlineData("- name", "expected names and values, got a list")]
    [InlineData("name", "expected names and values")]
    [InlineData("", "is empty")]
    public void What_cannot_be_meant_is_refused_in_a_sentence(string yaml, string part)
    {
        using var scratch = new Scratch();
        var file = scratch.Write("recipe.yaml", yaml);

        Assert.Contains(part, Assert.Throws<BadInputException>(() => Recipe.Read(file)).Message);
    }

    [Fact]
    public void An_unknown_name_proposes_the_nearest() =>
        Assert.Contains("did you mean 'quick'?", Assert.Throws<BadInputException>(() => Recipe.Read("quik")).Message);

    [Fact]
    public void Damaged_recipes_are_read_or_refused_but_never_crash()
    {
        var whole = File.ReadAllBytes(Repository.At("recipes/quick.yaml"));
        var refused = Corruption.Of(whole, 300, whole.Length).Count(bytes => Corruption.IsRefused(
            () => Binder.Bind(Yaml.Read(System.Text.Encoding.UTF8.GetString(bytes), "recipe"), typeof(Recipe), "recipe")));

        Assert.InRange(refused, 1, 299);
    }
}
