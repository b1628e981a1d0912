using Pentimento.Attacks;
using Pentimento.Data;
using Pentimento.Experiments;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Painting;

namespace Pentimento.Tests.Experiments;

/// <summary>A whole run on a few hundred images: not to learn anything, but to see that its stages fit together.</summary>
public sealed class RecipeRunTests
{
    private const int Count = 90;

    private static readonly Recipe Recipe = new()
    {
        Name = "small",
        Evaluate = ["rg_90z", "gr_90z"],
        Train = "rg_90z",
        Lazy = new() { Epochs = 2, Batch = 50 },
        Repaired = new() { Epochs = 1, Batch = 50 },
        Attack = new() { With = new Pgd(Steps: 2), Images = 40 },
    };

    [Fact]
    public void It_is_run_once_and_found_done_afterwards()
    {
        using var scratch = new Scratch();
        using var heard = new Heard();

        var told = Tell(scratch, Recipe, RunContext.OnCpu());
        var again = Tell(scratch, Recipe, heard.Run());

        Assert.Equal(["lazy", "repaired"], told.Evaluations.Select(entry => entry.Network));
        Assert.Equal(["rg_90z", "gr_90z"], told.Evaluations[0].Sets.Select(set => set.Data));
        Assert.Equal((2, 1), (told.Lazy.Count, told.Repaired.Count));
        Assert.Equal(Count, told.Split.Correct + told.Split.Wrong);
        Assert.Equal([(Count, Count), (Count, Count)], told.Datasets.Select(set => (set.Train, set.Test)));
        // The reversed set's digits, each in nine other colours: a share of nine times their number.
        Assert.Equal(
            [("lazy", "gr_90z", Count), ("repaired", "gr_90z", Count)],
            told.Audit.Select(audit => (audit.Network, audit.Data, audit.Recoloring.Count)));
        Assert.All(told.Audit, audit => Assert.Equal(Math.Round(audit.Recoloring.FlipRate * 9 * Count), audit.Recoloring.FlipRate * 9 * Count, 6));
        Assert.All(told.Audit, audit => Assert.Equal((36, Count), (audit.Sweep.Hues.Count, audit.Sweep.Count)));
        Assert.Equal(4, told.Focus.Count);
        Assert.Equal([null, 3, null, 3], told.Attacks.Select(attack => attack.Result.Target));
        // What is read back from the folder is what was told.
        Assert.Equal(Json.Line(told), Json.Line(again));
        Assert.Equal(Json.Line(told), Json.Line(RecipeRun.Read(new(scratch.At("run")))));
        // Nine steps of the story, and the two trainings that the repair is seen beside.
        Assert.Equal(11, heard.Ticks.Count(tick => tick.Stage.EndsWith(": found done", StringComparison.Ordinal)));
    }

    [Fact]
    public void Its_canvases_are_painted_as_it_says_on_what_it_says()
    {
        using var scratch = new Scratch();
        var few = Painting.Easel.Test.Pick([.. Enumerable.Range(0, Count)]);
        NpyArray Grey() => new(few.Pixels.ToArray(), Count, 28, 28);
        NpyArray Labels() => new(few.Labels, Count);
        Npz.Write(scratch.At("mine.npz"), [new("x_train", Grey()), new("y_train", Labels()), new("x_test", Grey()), new("y_test", Labels())]);
        var painting = new PaintSettings { Source = scratch.At("mine.npz"), Cue = ColorPlacement.Background, Seed = 5 };
        var run = RunContext.OnCpu() with { Cache = scratch.At("cache"), Threads = 1 };

        var told = RecipeRun.Run(Recipe with { Painting = painting, Lazy = Recipe.Repaired }, scratch.At("run"), run);

        // Results and pages call the sets by their short names; the recipe says how they are painted.
        Assert.Equal(["rg_90z", "gr_90z"], told.Evaluations[0].Sets.Select(set => set.Data));
        Assert.All(told.Audit, audit => Assert.Equal(("gr_90z", "ground"), (audit.Data, audit.Recoloring.Recolored)));
        Assert.Equal(Json.Line(told), Json.Line(RecipeRun.Read(new(scratch.At("run")))));
        Assert.Equal(painting, Recipe.Read(scratch.At("run/recipe.yaml")).Painting);
        var expected = new Painter(Canvas.Parse("rg_90z"), Palette.Seed, new(5), ColorPlacement.Background)
            .Paint(few, Split.Test, 0, 1, RunContext.OnCpu());
        var kept = Npz.Read(scratch.At("run/data/samples.npz"));
        var images = (byte[])kept["rg_90z/images"].Data;
        Assert.Equal(expected.PixelsOf(expected.FirstOfEachClass()[0]).ToArray(), images[..expected.Shape.Size]);
    }

    [Fact]
    public void No_network_is_asked_again_what_is_known_of_it()
    {
        using var scratch = new Scratch();
        using var heard = new Heard();

        Tell(scratch, Recipe, heard.Run());

        int Asked(string step, string set) =>
            heard.Ticks.Count(tick => tick.Stage.EndsWith($", {step}: evaluate {set}", StringComparison.Ordinal) && tick.Done == tick.Total);
        // After each of two epochs on both test sets, and never again; the second network's step asks the first one about its training set.
        Assert.Equal((2, 2), (Asked("lazy", "rg_90z"), Asked("lazy", "gr_90z")));
        Assert.Equal((2, 1), (Asked("repaired", "rg_90z"), Asked("repaired", "gr_90z")));
        Assert.Equal(0, Asked("focus-lazy", "rg_90z") + Asked("focus-lazy", "gr_90z") + Asked("focus-repaired", "rg_90z"));
    }

    [Fact]
    public void A_changed_attack_repeats_the_attack_alone_and_the_networks_stay()
    {
        using var scratch = new Scratch();
        using var heard = new Heard();
        Tell(scratch, Recipe, RunContext.OnCpu());
        var model = File.ReadAllBytes(scratch.At("run/models/lazy.safetensors"));

        Tell(scratch, Recipe with { Attack = Recipe.Attack with { Images = 30 } }, heard.Run());

        Assert.Equal(9, heard.Ticks.Count(tick => tick.Stage.EndsWith(": found done", StringComparison.Ordinal)));
        Assert.Equal(model, File.ReadAllBytes(scratch.At("run/models/lazy.safetensors")));
        using var network = ModelFile.Read(scratch.At("run/models/lazy.safetensors"));
        Assert.Equal(new ImageShape(28, 28, 3), network.Shape);
        Assert.Contains("images: 30", File.ReadAllText(scratch.At("run/recipe.yaml")));
    }

    [Fact]
    public void The_same_recipe_gives_the_same_networks_and_another_seed_does_not()
    {
        using var scratch = new Scratch();
        using var second = new Scratch();
        using var third = new Scratch();
        Tell(scratch, Recipe, RunContext.OnCpu());
        Tell(second, Recipe, RunContext.OnCpu());
        Tell(third, Recipe with { Seed = 2 }, RunContext.OnCpu());

        Assert.Equal(Model(scratch), Model(second));
        Assert.NotEqual(Model(scratch), Model(third));
        Assert.Equal(File.ReadAllBytes(scratch.At("run/data/attacks.npz")), File.ReadAllBytes(second.At("run/data/attacks.npz")));
    }

    private static byte[] Model(Scratch scratch) => File.ReadAllBytes(scratch.At("run/models/repaired.safetensors"));

    private static Results Tell(Scratch scratch, Recipe recipe, RunContext run)
    {
        foreach (var name in recipe.Evaluate.Append("un_0z"))
        {
            var folder = scratch.At($"cache/mnist-{Painter.Version}/{name}");
            if (!DatasetFolder.IsWhole(folder))
                DatasetFolder.Build(folder, new(Canvas.Parse(name), Palette.Seed, new(0)), Few, Count, 1, RunContext.OnCpu());
        }

        return RecipeRun.Run(recipe, scratch.At("run"), run with { Cache = scratch.At("cache"), Threads = 1 });
    }

    /// <summary>Test digits for both halves: reading the training ones takes longer than the test.</summary>
    private static Digits Few(Split split) => Painting.Easel.Test;
}
