using Google.Protobuf;
using global::Onnx;
using Pentimento.Networks;
using static Pentimento.Tests.Networks.Onnx.OnnxGraphs;

namespace Pentimento.Tests.Networks.Onnx;

/// <summary>Files that are broken or meant to do harm: one sentence each, and nothing taken that the file does not hold.</summary>
public sealed class HostileFileTests
{
    public static TheoryData<string, string> Cases => new()
    {
        { "circle", "wait for each other in a circle" },
        { "missing", "reads the value 'nowhere', which nothing computes" },
        { "twice", "the value 'y' is computed twice" },
        { "no output", "no node computes the output 'y'" },
        { "no images", "does not depend on the images" },
        { "shape bomb", "asks for 1,000,000,000,000 values" },
        { "pad bomb", "asks for" },
        { "weight bomb", "asks for 4,000,000,000,000" },
        { "negative size", "has the shape (-1)" },
        { "outside", "which is outside of its folder" },
        { "absolute", "which is outside of its folder" },
        { "loop", "the operator Loop (opset 13) of the node 'Loop_0' is not supported" },
        { "domain", "of the domain com.microsoft is not supported" },
        { "old", "was written for opset 5" },
        { "two inputs", "reads 2 inputs (x, z); expected one, the images" },
        { "wrong type", "has an attribute axis of the type String, expected Int" },
        { "does not fit", "cannot be computed of (1, 3, 8, 8) and (4, 2, 3, 3)" },
        { "product", "cannot multiply (1, 3, 8, 8) with (3, 4)" },
        { "mixes images", "which cannot be undone at the node 'ReduceMean_0'" },
        { "strings", "is of the type String" },
        { "shared", "shares its tensors so often" },
    };

    [Theory, MemberData(nameof(Cases))]
    public void One_sentence_says_what_is_wrong(string name, string part)
    {
        using var scratch = new Scratch();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var file = scratch.Write("hostile.onnx", Of(name).ToByteArray());

        var message = Assert.Throws<BadInputException>(() => ModelFile.Read(file)).Message;

        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Fact]
    public void What_is_no_onnx_at_all_is_refused()
    {
        using var scratch = new Scratch();

        Assert.Contains("is not an ONNX", Refusal(scratch.Write("a.onnx", "no protobuf"u8.ToArray())), StringComparison.Ordinal);
        Assert.Contains("is not an ONNX network", Refusal(scratch.Write("b.onnx", [])), StringComparison.Ordinal);
        Assert.Contains("There is no file", Refusal(scratch.At("c.onnx")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused_or_read_but_never_worse()
    {
        using var scratch = new Scratch();
        using var network = new Cnn3().Build(TinyProblem.Shape, 3, new(1));
        ModelFile.Write(scratch.At("whole.onnx"), network, "");
        var bytes = File.ReadAllBytes(scratch.At("whole.onnx"));
        foreach (var length in Enumerable.Range(1, 40).Select(at => bytes.Length * at / 41))
            Assert.Throws<BadInputException>(() => ModelFile.Read(scratch.Write("cut.onnx", bytes[..length])).Dispose());
    }

    private static string Refusal(string file) => Assert.Throws<BadInputException>(() => ModelFile.Read(file)).Message;

    private static ModelProto Of(string name) => name switch
    {
        "shared" => Model([1, 3, 8, 8], graph =>
        {
            graph.Weights("w", 1_000_000);
            for (var at = 0; at < 40; at++) graph.Node("Identity", ["w"], [$"w{at}"]);
            graph.Node("Flatten", ["x"], ["y"]);
        }),
        "circle" => Model([1, 3, 8, 8], graph =>
        {
            graph.Node("Add", ["x", "b"], ["a"]);
            graph.Node("Relu", ["a"], ["b"]);
            graph.Node("Flatten", ["b"], ["y"]);
        }),
        "missing" => Model([1, 3, 8, 8], graph => graph.Node("Add", ["x", "nowhere"], ["y"])),
        "twice" => Model([1, 3, 8, 8], graph =>
        {
            graph.Node("Relu", ["x"], ["y"]);
            graph.Node("Abs", ["x"], ["y"]);
        }),
        "no output" => Model([1, 3, 8, 8], graph => graph.Node("Relu", ["x"], ["z"])),
        "no images" => Model([1, 3, 8, 8], graph => graph.Node("Relu", [graph.Weights("w", 1, 3)], ["y"])),
        "shape bomb" => Model([1, 3, 8, 8], graph =>
        {
            graph.Node("ConstantOfShape", [graph.Numbers("shape", 1_000_000, 1_000_000)], ["big"]);
            graph.Node("Add", ["x", "big"], ["y"]);
        }),
        "pad bomb" => Model([1, 3, 8, 8], graph => graph.Node("Pad", ["x", graph.Numbers("pads", 0, 0, 0, 0, 0, 0, 1L << 40, 1L << 40)], ["y"])),
        "weight bomb" => Model([1, 3, 8, 8], graph => Gemm(graph, tensor => tensor.Dims.AddRange([1_000_000, 1_000_000]))),
        "negative size" => Model([1, 3, 8, 8], graph => Gemm(graph, tensor => tensor.Dims.Add(-1))),
        "outside" => Model([1, 3, 8, 8], graph => Gemm(graph, tensor => External(tensor, "../secret"))),
        "absolute" => Model([1, 3, 8, 8], graph => Gemm(graph, tensor => External(tensor, "/etc/passwd"))),
        "loop" => Model([1, 3, 8, 8], graph => graph.Node("Loop", ["x"], ["y"])),
        "domain" => Model([1, 3, 8, 8], graph => graph.Node("FusedConv", ["x"], ["y"]).Domain = "com.microsoft"),
        "old" => Model([1, 3, 8, 8], graph => graph.Node("Flatten", ["x"], ["y"]), opset: 5),
        "two inputs" => Model([1, 3, 8, 8], graph =>
        {
            graph.Input.Add(Value("z", 1, 3, 8, 8));
            graph.Node("Add", ["x", "z"], ["y"]);
        }),
        "wrong type" => Model([1, 3, 8, 8], graph => graph.Node("Softmax", ["x"], ["s"], Text("axis", "last")).Output[0] = "y"),
        "does not fit" => Model([1, 3, 8, 8], graph => graph.Node("Conv", ["x", graph.Weights("w", 4, 2, 3, 3)], ["y"])),
        "product" => Model([1, 3, 8, 8], graph => graph.Node("MatMul", ["x", graph.Weights("w", 3, 4)], ["y"])),
        "mixes images" => Model([1, 3, 8, 8], graph =>
        {
            graph.Node("ReduceMean", ["x"], ["m"], Ints("axes", 0));
            graph.Node("Reshape", ["m", graph.Numbers("shape", 1, 192)], ["f"]);
            graph.Node("Gemm", ["f", graph.Weights("w", 192, 4)], ["y"]);
        }),
        "strings" => Model([1, 3, 8, 8], graph => Gemm(graph, tensor => tensor.DataType = (int)TensorProto.Types.DataType.String)),
        _ => throw new ArgumentException(name),
    };

    private static void Gemm(GraphProto graph, Action<TensorProto> change)
    {
        var tensor = new TensorProto { Name = "w", DataType = (int)TensorProto.Types.DataType.Float, RawData = ByteString.CopyFrom(new byte[64]) };
        change(tensor);
        graph.Initializer.Add(tensor);
        graph.Node("Flatten", ["x"], ["flat"]);
        graph.Node("Gemm", ["flat", "w"], ["y"]);
    }

    private static void External(TensorProto tensor, string location)
    {
        tensor.RawData = ByteString.Empty;
        tensor.Dims.Add(4);
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
    }
}
