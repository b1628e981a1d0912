using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Networks;
using Pentimento.Tests.Discovery;
using Pentimento.Tests.Networks.Onnx;
using Pentimento.Training;
using static TorchSharp.torch;

namespace Pentimento.Tests.Experiments;

public sealed class FineTuneRepairTests
{
    private const string Corner = "cell:grid=4,row=0,column=0";

    [Theory]
    [InlineData("repaired", "lazy-repaired.onnx")]
    [InlineData("net-0.5-repaired", "lazy-repaired.onnx")]
    [InlineData("net-0.5.onnx", "")]
    public void A_name_without_an_ending_is_a_folder_though_it_has_a_number_with_a_dot(string place, string file)
    {
        var prepared = (Repair)new Repair { Model = "lazy.onnx", Data = ["photos"], Against = Corner, Out = place }.Prepared();

        Assert.Equal(Path.GetFullPath(Path.Combine(place, file)).TrimEnd(Path.DirectorySeparatorChar), prepared.Out);
        Assert.Equal(file.Length == 0 ? null : Path.Combine(place, "report.html"), prepared.Page);
    }

    [Theory]
    [InlineData("cue-swap")]
    [InlineData("cue-swap-last-layer")]
    [InlineData("cue-projection")]
    public void A_network_that_follows_a_corner_is_repaired_by_each_method_alone(string method)
    {
        using var scratch = new Scratch();
        var repair = Problem(scratch, weight: 2, "lazy.safetensors") with { Methods = [method], Reversed = scratch.At("corners.npz") };

        var result = repair.Run(RunContext.OnCpu(1));

        // The bars alone decide every image: before, one with another class's corner is mistaken; after, none.
        Assert.Equal((Finding.Shortcut, method), (result.Finding, result.Recommended));
        // A donor in ten has the corner of another class, which may be the image's own.
        Assert.InRange(result.Before[0].Accuracy, 0.8, 0.95);
        Assert.InRange(result.Before[1].Accuracy, 0, 0.15);
        Assert.All(result.After, set => Assert.Equal(1, set.Accuracy));
        Assert.Equal(0, result.Regret);
        var row = result.Methods.Single(one => one.Name == method);
        Assert.True(row.Gain is { Low: > 0.8 } && row.OwnGain is { Low: > 0 });
        Assert.True(result.Methods[0].Followed is { Low: > 0.7 } && row.Followed is { High: < 0.1 });
        // Plain fine-tuning on the same images, of which nine in ten have their class's corner, stands beside it.
        Assert.Equal("fine-tune", result.Methods[1].Name);
        Assert.Equal(row.Reversed - result.Methods[1].Reversed, row.BeyondControl!.Value, 1e-9);
        Assert.Null(result.Methods[1].BeyondControl);
        Assert.Equal([1.0, 1.0], Accuracies(result.Network!, scratch));
    }

    [Theory]
    [InlineData("cue-swap")]
    [InlineData("cue-swap-last-layer")]
    [InlineData("cue-projection")]
    [InlineData("invariant-subnetwork")]
    [InlineData("invariant-subnetwork-weights")]
    [InlineData("concept-removal")]
    public void Each_method_unlearns_a_cue_that_no_image_contradicts(string method)
    {
        using var scope = NewDisposeScope();
        using var network = Network(weight: 2);
        var set = CornerReader.Images(600);
        // Trained or refitted on these as they are, a network has no reason to leave the corner.
        var learned = set.Pick([.. Enumerable.Range(0, set.Count).Where(at => at / CornerReader.Classes % 10 != 0)]);
        var options = new TrainingOptions { Epochs = 5, Batch = 16, Optimizer = "adam:learning-rate=0.002" };
        var proof = Counterfactuals.Of(set, Corner, RunContext.OnCpu(1));

        FineTuneMethod.All.Single(one => one.Name == method).Apply(
            network, new(learned, options, new Mlp()) { Cue = Corner }, RunContext.OnCpu(1));

        Assert.Equal([1.0, 1.0], proof.Of(network, RunContext.OnCpu()).Accuracies.Select(set => set.Accuracy));
    }

    [Fact]
    public void Onnx_comes_back_as_onnx_and_onnx_runtime_finds_the_accuracy_that_was_measured()
    {
        using var scratch = new Scratch();
        var repair = Problem(scratch, weight: 2, "lazy.onnx");

        var result = repair.Run(RunContext.OnCpu(1));

        Assert.Equal(scratch.At("lazy-repaired.onnx"), result.Network);
        Assert.Equal(["as it is", "fine-tune", "cue-swap", "cue-swap-last-layer", "cue-projection"], result.Methods.Select(row => row.Name));
        Assert.All(result.After, set => Assert.Equal(1, set.Accuracy));
        using var scope = NewDisposeScope();
        var set = CornerReader.Images(90, informative: false);
        using var theirs = OnnxRuntimeOracle.Run(result.Network!, Pixels.Slice(set.Tensor(), 0, set.Count));
        Assert.Equal(set.Labels, theirs.argmax(1).data<long>().ToArray());
    }

    [Fact]
    public void An_honest_network_is_left_alone()
    {
        using var scratch = new Scratch();

        var result = Problem(scratch, weight: 0, "honest.safetensors").Run(RunContext.OnCpu(1));

        Assert.Equal((Finding.None, null, null), (result.Finding, result.Recommended, result.Network));
        Assert.Empty(result.After);
        Assert.False(File.Exists(scratch.At("honest-repaired.safetensors")));
        Assert.StartsWith("Leave the network as it is: no shortcut was found", result.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_writes_the_same_network_and_another_one_another()
    {
        using var scratch = new Scratch();
        var repair = Problem(scratch, weight: 2, "lazy.safetensors") with { Methods = ["cue-swap"], Seeds = 1 };
        byte[] Written(ulong seed) => File.ReadAllBytes(repair.Run(RunContext.OnCpu(seed)).Network!);

        Assert.Equal(Written(1), Written(1));
        Assert.NotEqual(Written(1), Written(2));
    }

    [Theory]
    [InlineData("cue-swop", "lazy.safetensors", "There is no method 'cue-swop' that begins with the network's weights; did you mean 'cue-swap'?")]
    [InlineData("cue-swap", "out.txt", "expected the file of a network, which ends in .onnx, .safetensors")]
    public void What_cannot_be_done_is_refused_before_any_work(string method, string file, string part)
    {
        var repair = new Repair { Model = "missing.safetensors", Data = ["missing.npz"], Against = Corner, Methods = [method], Out = file };

        Assert.Contains(part, Assert.Throws<BadInputException>(repair.Check).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Told_nothing_it_finds_the_corner_and_takes_it_away()
    {
        using var scratch = new Scratch();
        var repair = Problem(scratch, weight: 2, "lazy.onnx") with
        {
            Against = null,
            Methods = ["cue-swap-last-layer"],
            Out = scratch.At("repaired"),
        };

        var result = repair.Run(RunContext.OnCpu(1));

        Assert.True(result.Discovered);
        Assert.Equal((Finding.Shortcut, "cue-swap-last-layer"), (result.Finding, result.Recommended));
        Assert.Equal("no bias labels", result.Methods.Single(row => row.Name == result.Recommended).Supervision);
        Assert.Equal(Path.GetFullPath(scratch.At("repaired/lazy-repaired.onnx")), result.Network);
        Assert.All(result.After, set => Assert.Equal(1, set.Accuracy));
        Assert.All(result.Groups, group => Assert.Equal(1, group.After!.Value.Value));
        Assert.True(result.Changes is { MendedCount: > 80, BrokenCount: 0, Mended.Count: 10 });
        // The images' own labels decide which prediction was right, and the pictures are the changed images.
        Assert.All(result.Changes!.Mended, change => Assert.Equal(result.Changes.Images.Labels[change.Place], change.After));
        Assert.All(result.Changes.Mended, change => Assert.NotEqual(change.Before, change.After));
        Assert.All(result.Changes.Mended, change => Assert.Equal(12 * 12 * 3, change.Pixels!.Length));
    }

    [Theory]
    [InlineData]
    [InlineData("cue-swap")]
    public void Told_nothing_an_honest_network_is_left_alone_without_any_training(params string[] methods)
    {
        using var scratch = new Scratch();
        var honest = Problem(scratch, 0, "honest.safetensors") with { Against = null, Start = RepairStart.Weights, Methods = methods };

        var result = (honest with { Own = honest.Data[0], Reversed = honest.Data[0] }).Run(RunContext.OnCpu(1));

        Assert.Equal((null, null, 1), (result.Recommended, result.Network, result.Methods.Count));
        Assert.NotEqual(Finding.Shortcut, result.Finding);
        Assert.StartsWith("Leave the network as it is", result.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(0, false)]
    public void An_attribute_of_all_or_some_images_repairs_the_lazy_network_alone(double weight, bool isPartlyUnknown)
    {
        using var scratch = new Scratch();
        var repair = Problem(scratch, weight, "net.safetensors") with
        {
            Against = null,
            Attribute = "corner",
            Epochs = 1,
            // Plain fine-tuning is to change nothing here: the last layer is a closed form.
            Optimizer = "adam:learning-rate=0.000001",
            Seeds = 1,
            HoldOut = 0.5,
            Methods = ["last-layer-retraining"],
        };
        var set = CornerReader.Images(1200);
        // -1 stands for unknown.
        long[] corners =
        [
            .. set.Labels.Select((label, at) =>
                isPartlyUnknown && at % 4 == 0 ? -1 : at / CornerReader.Classes % 10 == 0 ? (label + 1) % CornerReader.Classes : label),
        ];
        Npz.Write(scratch.At("corners.npz"), ImageSetFile.Arrays(set.With("corner", corners)));

        var result = repair.Run(RunContext.OnCpu(1));

        // 60 of 60 against 540 of 540 leave room for a difference of five points.
        Assert.Equal(
            weight > 0 ? (Finding.Shortcut, "last-layer-retraining") : (Finding.Undecided, null), (result.Finding, result.Recommended));
        Assert.Contains(result.Groups, group => group.Group == "0, corner=1");
        var conflicting = result.Groups.Where(group => group.Group[0] != group.Group[^1] && !group.Group.Contains("-1", StringComparison.Ordinal))
            .Sum(group => group.Before.Count);
        Assert.Contains($"and on {conflicting} with another corner", result.ComparedBy, StringComparison.Ordinal);
        if (weight == 0) return;
        Assert.Equal([1.0, 1.0], Accuracies(result.Network!, scratch));
    }

    [Fact]
    public void Environments_are_balanced_where_several_sets_are_given()
    {
        using var scratch = new Scratch();
        var repair = Problem(scratch, weight: 2, "lazy.safetensors") with
        {
            Against = null,
            Data = [scratch.At("corners.npz"), scratch.At("others.npz")],
            Epochs = 8,
            Seeds = 1,
        };
        Npz.Write(scratch.At("others.npz"), ImageSetFile.Arrays(CornerReader.Images(600, informative: false)));

        var result = repair.Run(RunContext.OnCpu(1));

        Assert.Equal(["as it is", "fine-tune", "group-dro", "v-rex"], result.Methods.Select(row => row.Name));
        // The second environment's corners say nothing, so that a network that follows them is right in a third of it.
        Assert.InRange(result.Before[1].Accuracy, 0.2, 0.5);
        Assert.All(result.Methods.Skip(2), row => Assert.True(row.Gain is { Low: > 0.4 }));
    }

    [Fact]
    public void Donors_show_another_class_whatever_the_network()
    {
        var set = CornerReader.Images(60);

        var proof = Counterfactuals.Of(set, Corner, RunContext.OnCpu(1));

        Assert.All(proof.Plan.Places, (place, at) => Assert.NotEqual(set.Labels[place], set.Labels[proof.Plan.First[at]]));
    }

    /// <summary>The repair of a network in a file on images of which nine in ten have their class's corner.</summary>
    private static Repair Problem(Scratch scratch, double weight, string model)
    {
        using var scope = NewDisposeScope();
        var set = CornerReader.Images(600);
        Npz.Write(scratch.At("corners.npz"), ImageSetFile.Arrays(set));
        using var network = Network(weight);
        ModelFile.Write(scratch.At(model), network, "");
        return new()
        {
            Model = scratch.At(model),
            Data = [scratch.At("corners.npz")],
            Against = Corner,
            HoldOut = 0.2,
            Seeds = 2,
            Epochs = 5,
            Optimizer = "adam:learning-rate=0.002",
        };
    }

    /// <summary>A network whose six units are the bars in the middle and the corner's colours, of a weight of their own.</summary>
    internal static Classifier Network(double weight)
    {
        using var scope = NewDisposeScope();
        var shape = new ImageShape(12, 12, 3);
        var network = new Mlp("6").Build(shape, CornerReader.Classes, new(1));
        var units = zeros(6, 3, shape.Height, shape.Width);
        var last = cat([10 * eye(CornerReader.Classes), 10 * weight * eye(CornerReader.Classes)], 1);
        for (var label = 0; label < CornerReader.Classes; label++)
        {
            // The mean of the bar's 4 x 3 values, and of the corner's 3 x 3 ones of a channel.
            units[label].slice(1, 4, 8, 1).select(2, 4 + (2 * label)).fill_(1 / 12.0);
            units[3 + label][label].slice(0, 0, 3, 1).slice(1, 0, 3, 1).fill_(1 / 9.0);
        }

        var weights = new Dictionary<string, NpyArray>
        {
            ["fc1.weight"] = new(units.flatten().data<float>().ToArray(), 6, shape.Size),
            ["fc1.bias"] = new(new float[6], 6),
            ["fc2.weight"] = new(last.flatten().data<float>().ToArray(), CornerReader.Classes, 6),
            ["fc2.bias"] = new(new float[3], 3),
        };
        Weights.Put(network, weights, "the test");
        return network;
    }

    /// <summary>The accuracies of the written file on images whose corner says the class, and whose corner says nothing.</summary>
    private static double[] Accuracies(string file, Scratch scratch)
    {
        using var network = ModelFile.Read(file);
        Assert.True(File.Exists(scratch.At(Path.GetFileName(file))));
        return
        [
            .. new[] { CornerReader.Images(90), CornerReader.Images(90, informative: false) }
                .Select(set => Predictions.Of(network, set, RunContext.OnCpu()).Accuracy.Value),
        ];
    }
}
