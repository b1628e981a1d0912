using Pentimento.Experiments;
using Pentimento.Foundation.Configuration;
using Pentimento.Reports.Cards;
using Pentimento.Tests.Cli;
using Pentimento.Tests.Operations;

namespace Pentimento.Tests.Reports.Cards;

/// <summary>A model card of somebody's own network, from a recipe of named operations.</summary>
public sealed class StepsCardTests
{
    [Fact]
    public void It_tells_what_each_step_measured_of_the_network()
    {
        using var scratch = new Scratch();
        var (model, data) = (SmallOperations.Weights, SmallOperations.Data);
        var other = scratch.Write("other.npz", File.ReadAllBytes(model));
        var settings = $"model: {model}\n    network: cnn3\n    data: {data}\n    limit: 6";
        var recipe = scratch.Write("recipe.yaml", $"""
            name: card
            steps:
              - name: accuracy
                operation: evaluate
                {settings}
              - name: audit
                operation: audit
                {settings}
              - name: attack
                operation: attack
                with: fgsm
                {settings}
              - name: gate
                operation: check
                require: size > 1
                {settings}
              - name: another
                operation: evaluate
                {settings.Replace(model, other)}
            """);
        Command.Succeed(["run", recipe, "--out", scratch.At("run")]);

        Command.Succeed(["report", scratch.At("run"), "--format", "card"]);

        var card = File.ReadAllText(scratch.At("run/model-card.md"));
        var front = card.Split("---\n")[1];
        Assert.Equal("weights.npz", Yaml.Read(front, "card")!["model-index"]![0]!["name"]!.ToString());
        Assert.Contains("| 6 |", card);
        Assert.Contains("the control (", card);
        Assert.Contains("Attack `fgsm", card);
        Assert.Contains("Requirement `size > 1`: size is", card);
        Assert.Contains("were not looked for", card);
    }

    [Fact]
    public void A_run_that_measured_no_network_has_no_card()
    {
        using var scratch = new Scratch();
        var recipe = scratch.Write("recipe.yaml", "name: nothing\nsteps:\n  - name: look\n    operation: doctor\n");
        scratch.Write("results.json", "{}");

        var failure = Assert.Throws<BadInputException>(() => StepsCard.Of(new RunFolder(Path.GetDirectoryName(recipe)!)));

        Assert.Contains("nothing for a model card", failure.Message);
    }
}
