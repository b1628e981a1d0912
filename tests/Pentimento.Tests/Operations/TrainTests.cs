using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Operations;
using Pentimento.Training;

namespace Pentimento.Tests.Operations;

public sealed class TrainTests
{
    private static string Images => Oracle.At("images.npz");

    [Theory]
    [InlineData("last-epoch")]
    [InlineData("validation:by=loss")]
    public void The_logits_that_are_saved_are_those_of_the_network_that_is_kept(string selection)
    {
        using var scratch = new Scratch();
        // A rate at which a later epoch is often worse than an earlier one.
        var train = Train(scratch) with { HoldOut = 0.25, Save = scratch.At("train.npz") };
        train = train with
        {
            Training = train.Training with
            {
                Optimizer = new Adam(0.05),
                Epochs = 4,
                Selection = Catalog.Read<Selection>(selection)
            }
        };

        var result = train.Run(RunContext.OnCpu(3));
        var evaluated = new Evaluate { Model = result.Model, Data = [Images], Save = scratch.At("evaluate.npz") }.Run(RunContext.OnCpu());

        Assert.Equal(Logits(scratch.At("evaluate.npz")), Logits(scratch.At("train.npz")));
        Assert.Equal(Json.Line(evaluated.Evaluations), Json.Line(result.Evaluations));
        Assert.Equal((4, "no bias labels", null), (result.History.Count, result.Supervision, result.Split));
    }

    [Fact]
    public void Between_epochs_some_images_are_enough_and_at_the_end_all_are_evaluated()
    {
        using var scratch = new Scratch();
        var train = Train(scratch);
        train = train with { Training = train.Training with { Epochs = 3 } };

        var whole = train.Run(RunContext.OnCpu(3));
        var brief = (train with { EvaluateLimit = 20 }).Run(RunContext.OnCpu(3));

        var count = whole.Evaluations[0].Count;
        Assert.Equal([20, 20, count], brief.History.Select(epoch => epoch.Evaluations[0].Count));
        Assert.Equal([count, count, count], whole.History.Select(epoch => epoch.Evaluations[0].Count));
        Assert.Equal(Json.Line(whole.Evaluations), Json.Line(brief.Evaluations));
    }

    [Fact]
    public void Auto_computes_and_writes_down_what_this_processor_is_fast_in()
    {
        using var scratch = new Scratch();
        var train = Train(scratch);
        string Trained(Precision precision) =>
            Json.Line((train with { Training = train.Training with { Precision = precision } }).Run(RunContext.OnCpu(3)).History[0].Losses);
        var quick = Processor.MultipliesBfloat16 ? Precision.Bfloat16 : Precision.Float32;

        var automatic = (train with { Training = train.Training with { Precision = Precision.Auto } }).Run(RunContext.OnCpu(3));

        Assert.Equal(quick, automatic.Precision);
        Assert.Equal(Trained(quick), Json.Line(automatic.History[0].Losses));
        Assert.NotEqual(Trained(Precision.Float32), Trained(Precision.Bfloat16));
    }

    [Fact]
    public void A_networks_errors_split_the_set_into_environments()
    {
        using var scratch = new Scratch();
        var first = Train(scratch).Run(RunContext.OnCpu(3));
        var wrong = first.Evaluations[0].Count - (int)Math.Round(first.Evaluations[0].Accuracy * first.Evaluations[0].Count);

        var second = (Train(scratch) with { ErrorsOf = first.Model, Out = scratch.At("second.safetensors") }).Run(RunContext.OnCpu(3));

        Assert.Equal((first.Evaluations[0].Count - wrong, wrong), (second.Split!.Correct, second.Split.Wrong));
        Assert.Contains("both split", Refusal(Train(scratch) with { ErrorsOf = "m", EnvironmentsBy = "colors" }), StringComparison.Ordinal);
    }

    [Fact]
    public void Seed_and_name_decide_the_weights()
    {
        using var scratch = new Scratch();
        string Weights(Train train, ulong seed) =>
            Convert.ToHexString(Npy.Bytes(WeightFile.Read(train.Run(RunContext.OnCpu(seed)).Model).Weights.First().Value.Data));
        var train = Train(scratch);

        string[] all = [Weights(train, 3), Weights(train, 4), Weights(train with { Name = "other" }, 3)];

        Assert.Equal(3, all.Distinct().Count());
        Assert.Equal(all[0], Weights(train with { Name = "train", Out = scratch.At("again.safetensors") }, 3));
    }

    private static Train Train(Scratch scratch) => new()
    {
        Data = [Images],
        Evaluate = [Images],
        Training = new() { Network = new Mlp("8"), Epochs = 1, Batch = 32 },
        Out = scratch.At("model.safetensors"),
    };

    private static string Refusal(Train train) => Assert.Throws<BadInputException>(train.Check).Message;

    private static float[] Logits(string file) => Npz.Read(file)["logits"].As<float>(2, file);
}
