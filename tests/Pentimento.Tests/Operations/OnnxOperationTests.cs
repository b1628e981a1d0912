using Google.Protobuf;
using Pentimento.Data;
using Pentimento.Operations;
using Pentimento.Tests.Networks.Onnx;
using static TorchSharp.torch;

namespace Pentimento.Tests.Operations;

/// <summary>ONNX in, ONNX out: what trainings and edits write is run by ONNX Runtime with the logits that were measured here.</summary>
public sealed class OnnxOperationTests
{
    [Fact]
    public void Trained_from_a_file_it_is_written_in_the_file_s_own_form()
    {
        using var scratch = new Scratch();
        var (model, images) = Problem(scratch);
        var train = new Train
        {
            Data = [images],
            From = model,
            Training = new() { Epochs = 3, Batch = 12 },
            Evaluate = [images],
            Out = scratch.At("out.onnx"),
            Save = scratch.At("logits.npz"),
        };

        new Evaluate { Model = model, Data = [images], Save = scratch.At("before.npz") }.Run(RunContext.OnCpu());
        var result = train.Run(RunContext.OnCpu());

        Assert.True(result.History[^1].Loss < result.History[0].Loss);
        Assert.NotEqual(Logits(scratch.At("before.npz")), Logits(scratch.At("logits.npz")));
        AssertRuns(scratch);
    }

    [Fact]
    public void A_new_head_learns_other_classes()
    {
        using var scratch = new Scratch();
        var (model, images) = Problem(scratch, classes: 5);
        var train = new Train
        {
            Data = [images],
            From = model,
            Training = new() { Epochs = 1, Batch = 12 },
            Evaluate = [images],
            Out = scratch.At("out.onnx"),
            Save = scratch.At("logits.npz"),
        };

        var refusal = Assert.Throws<BadInputException>(() => train.Run(RunContext.OnCpu())).Message;
        (train with { NewHead = true }).Run(RunContext.OnCpu());

        Assert.Contains("answers with 3 classes, the data have 5; --new-head", refusal, StringComparison.Ordinal);
        AssertRuns(scratch);
    }

    [Fact]
    public void Ablated_neurons_are_written_into_the_file()
    {
        using var scratch = new Scratch();
        var (model, images) = Problem(scratch);
        var edit = new Edit
        {
            Model = model,
            Layer = "Relu_5",
            Neurons = UnitChoice.Parse("0,2"),
            Evaluate = [images],
            Out = scratch.At("out.onnx"),
        };

        var result = edit.Run(RunContext.OnCpu());
        new Evaluate { Model = result.Model!, Data = [images], Save = scratch.At("logits.npz") }.Run(RunContext.OnCpu());
        new Evaluate { Model = model, Data = [images], Save = scratch.At("before.npz") }.Run(RunContext.OnCpu());

        Assert.NotEqual(Logits(scratch.At("before.npz")), Logits(scratch.At("logits.npz")));
        AssertRuns(scratch);
    }

    [Fact]
    public void Names_of_classes_come_from_a_file()
    {
        using var scratch = new Scratch();
        var (model, images) = Problem(scratch);
        var evaluate = new Evaluate { Model = model, Data = [images] };

        string Refusal(string names) =>
            Assert.Throws<BadInputException>(() => (evaluate with { Classes = scratch.Write("names.txt", names) }).Run(RunContext.OnCpu())).Message;

        Assert.EndsWith("names.txt names 2 classes; the network answers with 3.", Refusal("dark\nbright"));
        Assert.Single((evaluate with { Classes = scratch.Write("names.txt", "dark\ngrey\nbright") }).Run(RunContext.OnCpu()).Evaluations);
    }

    private static (string Model, string Images) Problem(Scratch scratch, int classes = 3)
    {
        var set = TinyProblem.Separable(36);
        var labels = Array.ConvertAll(set.Labels, label => label == 2 ? classes - 1 : label);
        Npz.Write(scratch.At("images.npz"), ImageSetFile.Arrays(new("separable", set.PixelArray, labels, [], set.Shape)));
        return (scratch.Write("in.onnx", RoundTripTests.Residual().ToByteArray()), scratch.At("images.npz"));
    }

    private static void AssertRuns(Scratch scratch)
    {
        using var scope = NewDisposeScope();
        var set = ImageSetFile.Read(scratch.At("images.npz"), "images");
        var theirs = OnnxRuntimeOracle.Run(scratch.At("out.onnx"), Pixels.Slice(set.Tensor(), 0, set.Count));
        Assert.True(tensor(Logits(scratch.At("logits.npz"))).view(theirs.shape).allclose(theirs, 1e-4, 1e-5));
    }

    private static float[] Logits(string file) => Npz.Read(file)["logits"].As<float>(2, file);
}
