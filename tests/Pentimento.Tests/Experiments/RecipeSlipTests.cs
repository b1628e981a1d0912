using Pentimento.Experiments;
using Pentimento.Studies.Parts;

namespace Pentimento.Tests.Experiments;

/// <summary>A slip in a recipe is answered with the file, the line and the setting.</summary>
public sealed class RecipeSlipTests
{
    [Theory]
    [InlineData("name: x\nlazy:\n  epochs: {a: 1}\n", "line 3: lazy.epochs: expected a whole number, got names and values.")]
    [InlineData("name: x\nlazy:\n  epochs: [1, 2]\n", "line 3: lazy.epochs: expected a whole number, got a list.")]
    [InlineData("name: x\nlazy:\n  epochs: many\n", "line 3: lazy.epochs: expected a whole number, got 'many'.")]
    [InlineData("name: x\nlazy:\n  epochs: 0\n", "line 3: lazy.epochs: 0 is not at least 1")]
    [InlineData("name: x\nlazy:\n  epochs:\n", "line 2: lazy.epochs: a value is missing.")]
    [InlineData("name: x\nlazy:\n  batch: 8\n  epoch: 3\n", "line 4: lazy has no setting 'epoch'; did you mean 'epochs'?")]
    [InlineData("name: x\nlazzy: {epochs: 3}\n", "line 2 has no setting 'lazzy'; did you mean 'lazy'?")]
    [InlineData("name: x\nlazy: 3\n", "line 2: lazy: expected names and values, got '3'.")]
    [InlineData("name: x\nlazy: [3]\n", "line 2: lazy: expected names and values, got a list.")]
    [InlineData("name: x\nseed: 1\nseed: 2\n", "line 3: 'seed' is given twice.")]
    [InlineData("name: x\nseed: 1\nSeed: 2\n", "line 3: 'seed' is given twice.")]
    [InlineData("name: x\nevaluate: {a: 1}\n", "line 2: evaluate[0]: expected text, got names and values.")]
    [InlineData("name: x\nevaluate:\n  - rg_95z\n  - [gr_95z]\n", "line 4: evaluate[1]: expected text, got a list.")]
    [InlineData("name: x\nlazy:\n  objective: v-rex:weigth=3\n", "line 3: lazy.objective (v-rex) has no setting 'weigth'; did you mean 'weight'?")]
    [InlineData("name: x\nlazy:\n  objective:\n    name: v-rex\n    weigth: 3\n", "line 5: lazy.objective (v-rex) has no setting 'weigth'")]
    [InlineData("name: x\nlazy:\n  objective: v-rx\n", "line 3: lazy.objective: There is no objective called 'v-rx'; did you mean 'v-rex'?")]
    [InlineData("name: x\nlazy:\n  objective: [erm]\n", "line 3: lazy.objective: expected a SPEC of objectives, got a list.")]
    [InlineData("- a\n", "line 1: expected names and values, got a list.")]
    [InlineData("name: x\nlazy: {epochs: 3\nrepaired: {epochs: 4}\n", "the '{' of line 2 is not closed before.")]
    [InlineData("name: x\nevaluate: [rg_95z, gr_95z\n", "the '[' of line 2 is not closed before.")]
    public void A_recipe_of_two_networks(string text, string part) => AssertSays(text, part, file => Recipe.Read(file));

    [Theory]
    [InlineData("name: x\ntrials:\n  - {epochs: 1}\n  - {epochs: 1, bach: 3}\n", "line 4: trials[1] has no setting 'bach'; did you mean 'batch'?")]
    [InlineData("name: x\ntrials:\n  - epochs: 1\n    batch: {a: 1}\n", "line 4: trials[0].batch: expected a whole number, got names and values.")]
    [InlineData("name: x\nusual:\n  bach: 3\ntrials: [{epochs: 1}]\n", "line 3: trials[0] has no setting 'bach'")]
    [InlineData("name: x\ntrials:\n  - {epochs: 1}\n  - 3\n", "line 4: trials[1] is not a list of settings.")]
    public void A_sweep(string text, string part) => AssertSays(text, part, file => Sweep.Read(file));

    [Theory]
    [InlineData("name: x\nmethods:\n  - {name: a, ned: 3}\n", "line 3: methods[0] has no setting 'ned'")]
    public void A_bench_of_repairs(string text, string part) => AssertSays(text, part, file => RepairBench.Read(file));

    [Theory]
    [InlineData("name: x\nsteps:\n  - name: a\n    operation: train\n    data: rg_95z\n    epochs: {a: 1}\n",
        "line 6: a.epochs: expected a whole number, got names and values.")]
    [InlineData("name: x\nsteps:\n  - name: a\n    operation: train\n    date: rg_95z\n", "line 5: a has no setting 'date'; did you mean 'data'?")]
    [InlineData("name: x\nsteps:\n  - name: a\n", "line 3 needs a 'name' and an 'operation'.")]
    [InlineData("name: x\nseed: {a: 1}\nsteps:\n  - name: a\n", "line 2: seed: expected a whole number, got names and values.")]
    [InlineData("name: ../x\nsteps:\n  - {name: a, operation: list}\n", "line 1: name: a name is made of letters, digits and hyphens.")]
    [InlineData("name: x\nsteps:\n  - {name: a, operation: train, data: rg_95z, out: ../a.npz}\n", "line 3: a: A step's output is a file's name")]
    [InlineData("name: x\nsteps:\n  - {name: a, operation: train, data: rg_95z, out: ''}\n", "line 3: a: A step's output is a file's name")]
    [InlineData("name: x\nstep: []\nsteps:\n  - name: a\n", "line 2: there is no setting 'step'; did you mean 'steps'?")]
    [InlineData("name: x\nsteps:\n  - name: a\n    operation: trian\n", "line 4: a: There is no operation called 'trian'; did you mean 'train'?")]
    public void A_recipe_of_steps(string text, string part) => AssertSays(text, part, file => StepsRecipe.Read(file));

    [Theory]
    [InlineData("name: x\nnetworks:\n  - name: lazy\n    trials: 3\n", "line 4: networks[0]")]
    public void A_study(string text, string part) => AssertSays(text, part, file => StudyRecipe.Read(file));

    private static void AssertSays(string text, string part, Action<string> read)
    {
        using var scratch = new Scratch();
        var file = scratch.Write("recipe.yaml", text);

        var message = Assert.Throws<BadInputException>(() => read(file)).Message;

        Assert.StartsWith($"{file}, line ", message, StringComparison.Ordinal);
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }
}
