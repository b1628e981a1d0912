using System.Text.Json.Nodes;
using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Tests.Discovery;
using Pentimento.Tests.Experiments;
using Pentimento.Tests.Networks.Onnx;
using static TorchSharp.torch;

namespace Pentimento.Tests.Cli;

public sealed class RepairPageTests
{
    [Fact]
    public void A_repair_comes_with_its_page_and_onnx_runtime_measures_what_the_page_claims()
    {
        using var scope = NewDisposeScope();
        using var scratch = new Scratch();
        var (set, reversed) = (CornerReader.Images(600), CornerReader.Images(300, informative: false));
        Npz.Write(scratch.At("corners.npz"), ImageSetFile.Arrays(set));
        Npz.Write(scratch.At("reversed.npz"), ImageSetFile.Arrays(reversed));
        using (var network = FineTuneRepairTests.Network(weight: 2)) ModelFile.Write(scratch.At("lazy.onnx"), network, "");

        var answer = Command.Succeed(
            "repair", scratch.At("lazy.onnx"), "--data", scratch.At("corners.npz"), "--start", "weights", "--reversed", scratch.At("reversed.npz"),
            "--against", "cell:grid=4,row=0,column=0", "--methods", "cue-swap", "--seeds", "1", "--hold-out", "0.3", "--epochs", "5",
            "--optimizer", "adam:learning-rate=0.002", "--out", scratch.At("folder"),
            "--json").Json;

        Assert.Equal("cue-swap", answer["recommended"]!.GetValue<string>());
        var claimed = answer["after"]![2]!["accuracy"]!.GetValue<double>();
        using var logits = OnnxRuntimeOracle.Run(answer["network"]!.GetValue<string>(), Pixels.Slice(reversed.Tensor(), 0, reversed.Count));
        var measured = logits.argmax(1).data<long>().ToArray().Zip(reversed.Labels).Count(pair => pair.First == pair.Second) / 300.0;
        Assert.Equal(measured, claimed, 1e-9);
        var page = File.ReadAllText(answer["page"]!.GetValue<string>());
        Assert.Contains("lazy, repaired by cue-swap", page, StringComparison.Ordinal);
        Assert.Contains($"{100 * claimed:0.0}%", page, StringComparison.Ordinal);
        foreach (var part in new[] { "On every group", "beyond plain fine-tuning", "pentimento check", "follows[cell:", "since the repair" })
            Assert.Contains(part, page, StringComparison.Ordinal);
        Assert.Equal(6, answer["groups"]!.AsArray().Count);
        Assert.All(answer["groups"]!.AsArray(), Shown);

        void Shown(JsonNode? group) =>
            Assert.Contains($"{group!["before"]!["hits"]} of {group["before"]!["count"]}", page, StringComparison.Ordinal);
    }
}
