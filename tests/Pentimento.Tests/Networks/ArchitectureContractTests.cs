using System.Runtime.InteropServices;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Training;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks;

/// <summary>What every architecture in the catalogue promises.</summary>
public sealed class ArchitectureContractTests
{
    [Fact]
    public void No_architecture_claims_to_need_more_numbers_than_it_has() => Assert.All(Catalog.Defaults<Pentimento.Networks.Architecture>(),
        architecture =>
    {
        foreach (var (shape, classes) in new[] { (new ImageShape(28, 28, 3), 10), (new ImageShape(32, 40, 1), 7) })
        {
            using var network = architecture.Build(shape, classes, new(0));
            var numbers = network.state_dict().Values.Sum(values => values.numel());
            Assert.InRange(architecture.LeastWeights(shape, classes), 0.9 * numbers, numbers);
        }
    });

    private static readonly ImageShape Grey = new(16, 16, 1);

    public static TheoryData<string> Everyone =>
        [.. Catalog.FamilyOf(typeof(Pentimento.Networks.Architecture)).Members.Select(member => member.Name)];

    [Theory, MemberData(nameof(Everyone))]
    public void The_tail_of_the_head_is_the_whole_bit_for_bit_at_every_cut(string name)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = Build(name, new(28, 28, 3), 10);
        var images = Oracle.Batch(100, 108).Images;
        var whole = network.call(images).data<float>().ToArray();

        Assert.All(network.Cuts, cut => Assert.Equal(whole, network.Tail(network.Head(images, cut), cut).data<float>().ToArray()));
    }

    [Theory, MemberData(nameof(Everyone))]
    public void The_same_seed_gives_the_same_weights_and_another_does_not(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Build(name, Grey, 4);

        Assert.True(Values(network).SequenceEqual(Values(Build(name, Grey, 4))));
        Assert.False(Values(network).SequenceEqual(Values(Build(name, Grey, 4, seed: 2))));
    }

    [Theory, MemberData(nameof(Everyone))]
    public void Weights_of_one_layer_do_not_repeat_those_of_another(string name)
    {
        using var network = Build(name, Grey, 4);
        // What normalises starts at 1 and 0 in every layer.
        var first = Weights.Of(network).Values.Where(array => array.Shape.Length > 1).Select(array => ((float[])array.Data)[0]).ToList();

        Assert.Equal(first.Count, first.Distinct().Count());
    }

    [Theory]
    [InlineData("cnn3")]
    [InlineData("lenet5")]
    [InlineData("mlp")]
    public void Weights_start_as_pytorchs_do(string name)
    {
        using var network = Build(name, Grey, 4);
        foreach (var (key, array) in Weights.Of(network).Where(pair => pair.Value.Shape.Length > 1))
        {
            // Uniform between -1/√n and 1/√n, n the inputs of one output: with hundreds of draws the ends are nearly reached.
            var bound = 1 / Math.Sqrt(array.Shape.Skip(1).Aggregate(1L, (product, size) => product * size));
            var values = (float[])array.Data;
            Assert.InRange(values.Max(Math.Abs), 0.95 * bound, bound * (1 + 1e-6));
            Assert.InRange(values.Average(), -0.15 * bound, 0.15 * bound);
            Assert.True(values.Length > 100, $"{key} is too small to say.");
        }
    }

    [Theory, MemberData(nameof(Everyone))]
    public void It_leaves_one_tensor_behind(string name)
    {
        using var network = Build(name, Grey, 4);
        using var scope = NewDisposeScope();
        var images = zeros(2, 1, 16, 16);
        var before = scope.DisposablesCount;

        network.call(images);
        network.Head(images, network.Cuts.First());

        Assert.Equal(before + 2, scope.DisposablesCount);
    }

    [Theory, MemberData(nameof(Everyone))]
    public void It_reads_grey_and_coloured_images_of_any_fitting_size_and_number_of_classes(string name)
    {
        foreach (var (shape, classes) in new[] { (Grey, 4), (new ImageShape(28, 20, 3), 2), (new ImageShape(33, 47, 1), 100) })
        {
            using var scope = NewDisposeScope();
            using var network = Build(name, shape, classes);

            Assert.Equal([2, classes], network.call(zeros(2, shape.Channels, shape.Height, shape.Width)).shape);
            Assert.False(network.training);
        }
    }

    [Theory, MemberData(nameof(Everyone))]
    public void It_refuses_images_that_are_too_small_for_maps(string name)
    {
        try
        {
            using var network = Build(name, new(1, 1, 1), 4);
            Assert.Empty(network.Maps);
        }
        catch (BadInputException failure)
        {
            Assert.Matches("at least [0-9]+x[0-9]+.*; got 1x1x1", failure.Message);
        }
    }

    [Theory, MemberData(nameof(Everyone))]
    public void Its_maps_are_maps_and_the_last_relu_is_one_of_them_or_a_sentence_says_that_there_are_none(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Build(name, Grey, 4);
        var images = zeros(2, 1, 16, 16);

        Assert.All(network.Cuts, cut => Assert.Equal(network.Maps.Contains(cut), network.Head(images, cut).dim() == 4));
        if (network.Maps.Any()) Assert.True(network.Head(images, network.LastRelu).min().item<float>() >= 0);
        else Assert.Contains("has no layer that answers with maps", Assert.Throws<BadInputException>(() => network.LastRelu).Message);
    }

    [Theory, MemberData(nameof(Everyone))]
    public void Training_changes_its_weights_and_leaves_it_evaluating(string name)
    {
        using var network = Build(name, Grey, 3);
        var before = Weights.Of(network);
        var dice = new SplitMix64(new(3));
        var pixels = Enumerable.Range(0, 24 * 256).Select(_ => (byte)dice.Below(256)).ToArray();
        var set = new ImageSet("noise", pixels, [.. Enumerable.Range(0, 24).Select(at => (long)(at % 3))], [], Grey);

        Trainer.Train(network, new() { Epochs = 1, Batch = 12 }, new([set]), TrainingLog.Empty, RunContext.OnCpu());

        Assert.All(Weights.Of(network), pair => Assert.NotEqual(before[pair.Key].Data, pair.Value.Data));
        Assert.All(network.modules(), module => Assert.False(module.training));
    }

    [Theory, MemberData(nameof(Everyone))]
    public void It_comes_back_from_every_kind_of_file_bit_for_bit(string name)
    {
        using var scratch = new Scratch();
        using var network = Build(name, new(28, 28, 3), 7);
        var weights = Weights.Of(network);
        ModelFile.Write(scratch.At("own.safetensors"), network, "");
        foreach (var file in new[] { "own.safetensors", "w.safetensors", "w.pth", "w.npz" })
        {
            // What is asked for as a script in a .pth is a program, not weights.
            if (name == "torchscript" && file == "w.pth") continue;
            if (file[0] == 'w') WeightFile.Write(scratch.At(file), weights, new Dictionary<string, string>());
            using var back = ModelFile.Read(scratch.At(file), file[0] == 'w' ? network.Architecture : null);

            Assert.Equal(network.Architecture, back.Architecture);
            Assert.All(Weights.Of(back), pair => Assert.True(Same(weights[pair.Key].Data, pair.Value.Data), pair.Key));
        }
    }

    [Theory, MemberData(nameof(Everyone))]
    public void It_recognises_its_own_weights(string name)
    {
        using var network = Build(name, new(28, 28, 3), 7);

        var (shape, classes) = network.Architecture.Infer(Weights.Of(network).ToDictionary(pair => pair.Key, pair => pair.Value.Shape));

        Assert.Equal((new ImageShape(28, 28, 3), 7), (shape, classes));
    }

    private static Classifier Build(string name, ImageShape shape, int classes, ulong seed = 1) =>
        Catalog.Read<Pentimento.Networks.Architecture>(name).Build(shape, classes, new(seed));

    /// <summary>Millions of numbers at once: compared one by one they would take most of the suite's time.</summary>
    private static bool Same(Array first, Array second) =>
        first.GetType() == second.GetType() && first.Length == second.Length && Bytes(first).SequenceEqual(Bytes(second));

    private static Span<byte> Bytes(Array values) =>
        MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(values), Buffer.ByteLength(values));

    private static List<float> Values(Classifier network) =>
        [.. Weights.Of(network).Values.Where(array => array.Holds<float>()).SelectMany(array => (float[])array.Data)];
}
