using Pentimento.Experiments;


namespace Pentimento.Tests.Experiments;

public sealed class ObjectsRecipeTests
{
    [Fact]
    public void The_recipe_that_comes_along_survives_its_own_text()
    {
        using var scratch = new Scratch();
        var recipe = ObjectsRecipe.Read("objects");
        File.WriteAllText(scratch.At("again.yaml"), recipe.ToYaml());

        Assert.True(ObjectsRecipe.Is(scratch.At("again.yaml")));
        Assert.Equal(recipe, ObjectsRecipe.Read(scratch.At("again.yaml")));
        Assert.Equal(["biased", "balanced", "swapped"], ObjectsRecipe.Networks);
        Assert.Equal((recipe.Biased, recipe.Balanced, recipe.Swapped), (recipe.Of("biased"), recipe.Of("balanced"), recipe.Of("swapped")));
    }

    [Theory]
    [InlineData("name: x\ntrain: rg_95z\nbiased: {}\n", "is no name of a set of objects")]
    [InlineData("name: x\nindependent: Objects_95\nbiased: {}\n", "are three sets")]
    [InlineData("name: x/y\nbiased: {}\n", "letters, digits and hyphens")]
    [InlineData("name: x\nbiased: {}\nlazy: {}\n", "lazy")]
    public void Others_are_refused_with_the_reason(string text, string reason)
    {
        using var scratch = new Scratch();
        File.WriteAllText(scratch.At("recipe.yaml"), text);

        Assert.Contains(reason, Assert.Throws<BadInputException>(() => ObjectsRecipe.Read(scratch.At("recipe.yaml"))).Message);
    }

    [Fact]
    public void Recipes_of_digits_are_of_another_kind() => Assert.False(ObjectsRecipe.Is("quick"));
}
