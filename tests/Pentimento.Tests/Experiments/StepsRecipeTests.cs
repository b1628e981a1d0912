using System.Net;
using System.Text.Json.Nodes;
using Pentimento.Experiments;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;
using Pentimento.Tests.Cli;
using Pentimento.Tests.Operations;

namespace Pentimento.Tests.Experiments;

public sealed class StepsRecipeTests
{
    [Fact]
    public void Steps_are_run_by_name_and_a_second_run_finds_everything_done()
    {
        using var scratch = new Scratch();
        var network = $"model: {SmallOperations.Weights}, network: cnn3, data: {SmallOperations.Data}, limit: 6";
        var recipe = scratch.Write("check.yaml", $$"""
            name: check
            steps:
              - {name: accuracy, operation: evaluate, save: logits.npz, {{network}}}
              - {name: colours, operation: audit, {{network}}}
            """);
        string[] run = ["run", recipe, "--out", scratch.At("run")];

        var first = Command.Succeed([.. run, "--json"]);
        var before = File.ReadAllBytes(scratch.At("run/results.json"));
        var second = Command.Succeed([.. run, "--json"]);
        var text = Command.Succeed(run).Output;

        var steps = first.Json["results"]!["steps"]!;
        Assert.Equal(6, steps["accuracy"]!["evaluations"]![0]!["count"]!.GetValue<int>());
        var verdict = steps["colours"]!["verdict"]!.GetValue<string>();
        Assert.Contains($"colours: {verdict}", text, StringComparison.Ordinal);
        var page = File.ReadAllText(first.Json["report"]!.GetValue<string>());
        Assert.Contains(verdict, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        // Each step has its page, and the audit its picture though the recipe asks for none.
        foreach (System.Text.RegularExpressions.Match link in System.Text.RegularExpressions.Regex.Matches(page, "href=\"(steps/[^\"]+)\""))
            Assert.True(File.Exists(scratch.At($"run/{link.Groups[1].Value}")), link.Value);
        Assert.Contains("src=\"data:image/png", page, StringComparison.Ordinal);
        // Outputs lie in the step's own folder.
        Assert.Single(Directory.GetFiles(scratch.At("run/steps"), "logits.npz", SearchOption.AllDirectories));
        Assert.DoesNotContain("found done", first.Error, StringComparison.Ordinal);
        Assert.Equal(["accuracy", "colours"], Found(recipe, scratch.At("run")));
        Assert.Equal(first.Output, second.Output);
        Assert.Equal(before, File.ReadAllBytes(scratch.At("run/results.json")));
        Assert.True(JsonNode.DeepEquals(steps, JsonNode.Parse(before)));
    }

    [Fact]
    public void What_is_written_is_read_back_as_the_same_steps_and_references_are_kept()
    {
        using var scratch = new Scratch();
        var recipe = StepsRecipe.Read(scratch.Write("two.yaml", """
            name: two
            seed: 7
            steps:
              - {name: own, operation: evaluate, model: "step:lazy", data: [rg_95z, gr_95z]}
              - {name: lazy, operation: train, data: rg_95z, objective: "gce:q=0.5", epochs: 2}
            """));

        var again = StepsRecipe.Read(scratch.Write("again.yaml", recipe.ToYaml()));

        Assert.Equal((7UL, recipe.ToYaml()), (again.Seed, again.ToYaml()));
        Assert.Equal("lazy", ((Evaluate)again.Steps[0].Operation).Model.Step);
        // A training's own name is the step's: trainings of one recipe are independent.
        Assert.Equal(("lazy", 2), (((Train)again.Steps[1].Operation).Name, ((Train)again.Steps[1].Operation).Training.Epochs));
    }

    [Theory]
    [InlineData("[]", "there is none")]
    [InlineData("[{operation: evaluate}]", "needs a 'name' and an 'operation'")]
    [InlineData("[{name: a, operation: evalute}]", "did you mean 'evaluate'?")]
    [InlineData("[{name: a/b, operation: list}]", "letters, digits and hyphens")]
    [InlineData("[{name: a, operation: evaluate, modle: x, data: rg_95z}]", "did you mean 'model'?")]
    [InlineData("[{name: a, operation: evaluate, data: rg_95z}]", "'model' is missing")]
    [InlineData("[{name: a, operation: evaluate, model: 'step:b', data: rg_95z}]", "needs the step 'b'")]
    [InlineData("[{name: a, operation: list}, {name: a, operation: list}]", "Two steps are called 'a'")]
    [InlineData("[{name: a, operation: evaluate, model: x, data: rg_95z, save: ../x.npz}]", "without folders")]
    [InlineData("[{name: a, operation: sweep, recipe: laziest}]", "cannot be a step")]
    [InlineData("[{name: a, operation: repair, model: x, data: rg_95z}]", "cannot be a step")]
    [InlineData("[{name: a, operation: train, data: rg_95z, environments: colors, errors-of: x.npz}]", "give one of them")]
    public void What_cannot_be_run_is_refused_in_a_sentence_before_any_work(string steps, string part)
    {
        using var scratch = new Scratch();
        var recipe = scratch.Write("bad.yaml", $"name: bad\nsteps: {steps}");

        Assert.Contains(part, Command.Complaint(1, "run", recipe, "--out", scratch.At("run")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.At("run")));
    }

    [Fact]
    public void Recipes_of_steps_that_come_along_can_be_read()
    {
        var recipes = RecipeFile.All().Select(recipe => recipe.Name).Where(StepsRecipe.Is).ToList();

        Assert.Contains("repair-advice", recipes);
        Assert.All(recipes, name => Assert.NotEmpty(StepsRecipe.Read(name).Steps));
    }

    /// <summary>The steps that one more run finds done.</summary>
    private static IEnumerable<string> Found(string recipe, string folder)
    {
        using var heard = new Heard();
        StepsRecipe.Read(recipe).Run(folder, heard.Run());
        return heard.Ticks.Select(tick => tick.Stage).Where(stage => stage.EndsWith(": found done", StringComparison.Ordinal))
            .Select(stage => stage.Split(", ")[1].Split(':')[0]).Distinct().Order();
    }
}
