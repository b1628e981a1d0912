using global::Onnx;
using Pentimento.Networks.Onnx;
using static TorchSharp.torch;
using DataType = global::Onnx.TensorProto.Types.DataType;

namespace Pentimento.Tests.Networks.Onnx;

/// <summary>ONNX's own tests of each operator, as Debian's libonnx-testdata installs them.</summary>
public sealed class NodeTests
{
    private const string Folder = "/usr/share/libonnx-testdata/data";

    // Dropout that draws has no answer to compare with; this version keeps bfloat16 as whole numbers.
    private static readonly string[] Unanswered = ["training_dropout", "BFLOAT16"];

    [Theory]
    [InlineData("node", 500)]
    [InlineData("pytorch-converted", 60)]
    [InlineData("pytorch-operator", 15)]
    public void Every_test_of_an_operator_that_is_claimed_passes(string kind, int atLeast)
    {
        var folder = Path.Combine(Folder, kind);
        Assert.SkipUnless(Directory.Exists(folder), $"There are no ONNX test data at {folder}: apt-get install libonnx-testdata.");
        var cases = Directory.GetDirectories(folder).Order(StringComparer.Ordinal).ToList();
        var claimed = cases.Where(Claimed).ToList();

        var failures = claimed.Select(test => (Test: Path.GetFileName(test), Why: Failure(test))).Where(pair => pair.Why is not null).ToList();

        TestContext.Current.TestOutputHelper?.WriteLine($"{claimed.Count - failures.Count} of {cases.Count} {kind} tests");
        Assert.True(failures.Count == 0, string.Join('\n', failures.Select(pair => $"{pair.Test}: {pair.Why}")));
        Assert.True(claimed.Count >= atLeast, $"Only {claimed.Count} of {cases.Count} are claimed.");
    }

    private static bool Claimed(string test)
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(test, "model.onnx")));
        var values = model.Graph.Input.Concat(model.Graph.Output).ToList();
        return model.OpsetImport.All(import => import.Domain is "" or "ai.onnx")
            && model.Graph.Node.All(node => Operator.Find(node.OpType) is not null)
            && values.All(value => value.Type.TensorType is { } type && OnnxTensor.TypeOf(type.ElemType) is not null)
            && !model.Graph.Node.Any(node => node.OpType == "Cast" && OnnxTensor.TypeOf((int)node.Attribute.First(a => a.Name == "to").I) is null)
            && !Unanswered.Any(part => Path.GetFileName(test).Contains(part, StringComparison.Ordinal));
    }

    private static string? Failure(string test)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        try
        {
            var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(test, "model.onnx")));
            foreach (var set in Directory.GetDirectories(test, "test_data_set_*"))
            {
                if (Difference(model, set) is { } difference) return difference;
            }

            return null;
        }
        catch (BadInputException refused)
        {
            return refused.Message;
        }
    }

    private static string? Difference(ModelProto model, string set)
    {
        var graph = model.Graph;
        var opset = (int)model.OpsetImport.First(import => import.Domain is "" or "ai.onnx").Version;
        var values = graph.Initializer.ToDictionary(tensor => tensor.Name, tensor => OnnxTensor.Read(tensor, "model", ""));
        for (var at = 0; at < graph.Input.Count; at++)
        {
            var file = Path.Combine(set, $"input_{at}.pb");
            if (File.Exists(file)) values[graph.Input[at].Name] = OnnxTensor.Read(TensorProto.Parser.ParseFrom(File.ReadAllBytes(file)), file, "");
        }

        foreach (var proto in graph.Node)
        {
            var node = new OnnxNode(proto, opset, "model");
            var results = node.Run([.. node.Inputs.Select(value => value.Length == 0 ? null : values[value])], null);
            foreach (var (output, result) in node.Outputs.Zip(results)) values[output] = result;
        }

        for (var at = 0; at < graph.Output.Count; at++)
        {
            var proto = TensorProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(set, $"output_{at}.pb")));
            var (expected, ours) = (OnnxTensor.Read(proto, "expected", ""), values[graph.Output[at].Name]);
            if (!expected.shape.SequenceEqual(ours.shape))
                return $"shape ({string.Join(", ", ours.shape)}), expected ({string.Join(", ", expected.shape)})";
            if (expected.dtype != ours.dtype) return $"type {ours.dtype}, expected {expected.dtype}";
            var tolerance = (DataType)proto.DataType switch { DataType.Float16 => 2e-3, DataType.Bfloat16 => 2e-2, _ => 1e-5 };
            if (!ours.to_type(float64).allclose(expected.to_type(float64), 1e-3 + tolerance, tolerance, equal_nan: true))
                return $"off by {(ours.to_type(float64) - expected.to_type(float64)).abs().max().item<double>()}";
        }

        return null;
    }
}
