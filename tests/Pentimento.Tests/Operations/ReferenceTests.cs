using System.Security.Cryptography;
using global::Onnx;
using Pentimento.Data;
using Pentimento.Operations;
using Pentimento.Painting;

namespace Pentimento.Tests.Operations;

public sealed class ReferenceTests
{
    private static readonly RunContext Run = RunContext.OnCpu();

    [Fact]
    public void A_painted_set_hashes_to_its_meaning_however_it_is_spelled()
    {
        Assert.Equal(Hash("rg_95z"), Hash("RG95z"));
        Assert.NotEqual(Hash("rg_95z"), Hash("gr_95z"));
        Assert.NotEqual(Hash("rg_95z"), Hash("rg_95e"));
        Assert.NotEqual(Hash("rg_95z"), Hash("rg_95z:train"));
        Assert.NotEqual(Hash("rg_95z:test"), Hash("rg_95z:train"));
        Assert.Equal(Hash("rg_95z:train"), Hash("rg_95z:TRAIN"));
    }

    [Fact]
    public void A_file_hashes_to_its_bytes_wherever_it_lies()
    {
        using var scratch = new Scratch();
        scratch.Write("one.npz", [1, 2, 3]);
        scratch.Write("copy.npz", [1, 2, 3]);
        scratch.Write("other.npz", [1, 2, 4]);

        Assert.Equal(Hash(scratch.At("one.npz")), Hash(scratch.At("copy.npz")));
        Assert.Equal(Hash(scratch.At("one.npz")), Hash(scratch.At("one")));
        Assert.NotEqual(Hash(scratch.At("one.npz")), Hash(scratch.At("other.npz")));
    }

    [Fact]
    public void Weights_beside_an_onnx_file_are_part_of_its_network()
    {
        using var scratch = new Scratch();
        var tensor = new TensorProto { Name = "w", DataLocation = TensorProto.Types.DataLocation.External };
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "weights.bin" });
        var model = new ModelProto { Graph = new(), OpsetImport = { new OperatorSetIdProto { Version = 17 } } };
        model.Graph.Initializer.Add(tensor);
        var network = new NetworkRef(scratch.Write("network.onnx", Google.Protobuf.MessageExtensions.ToByteArray(model)));
        scratch.Write("weights.bin", [1, 2, 3]);
        var before = network.Hash(Run);

        scratch.Write("weights.bin", [1, 2, 4]);

        Assert.NotEqual(before, network.Hash(Run));
    }

    [Fact]
    public void A_folder_hashes_to_its_files_names_and_bytes()
    {
        using var scratch = new Scratch();
        foreach (var folder in new[] { "a", "b", "renamed", "moved" }) Directory.CreateDirectory(scratch.At($"{folder}/cat"));
        foreach (var file in new[] { "a/cat/1.png", "b/cat/1.png", "renamed/cat/2.png", "moved/1.png" }) File.WriteAllBytes(scratch.At(file), [7]);

        Assert.Equal(Hash(scratch.At("a")), Hash(scratch.At("b")));
        Assert.NotEqual(Hash(scratch.At("a")), Hash(scratch.At("renamed")));
        Assert.NotEqual(Hash(scratch.At("a")), Hash(scratch.At("moved")));
        File.WriteAllBytes(scratch.At("b/cat/1.png"), [8]);
        Assert.NotEqual(Hash(scratch.At("a")), Hash(scratch.At("b")));
    }

    [Fact]
    public void Of_a_built_folder_the_split_named_counts_alone()
    {
        using var scratch = new Scratch();
        DatasetFolder.Build(scratch.At("five"), new(Canvas.Parse("rg_95z"), Palette.Seed, new(0)), Digits.Mnist, 5, 1, Run);
        var (train, test) = (Hash(scratch.At("five:train")), Hash(scratch.At("five:test")));

        File.AppendAllText(scratch.At("five/test_data.npz"), "more");

        Assert.Equal(train, Hash(scratch.At("five:train")));
        Assert.NotEqual(test, Hash(scratch.At("five:test")));
    }

    [Fact]
    public void A_network_hashes_to_the_bytes_of_its_file()
    {
        var file = Oracle.At("weights.npz");

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))), new NetworkRef(file).Hash(Run));
        Assert.Contains("no file", Assert.Throws<BadInputException>(() => new NetworkRef("nowhere.pth").Hash(Run)).Message, StringComparison.Ordinal);
        Assert.Contains("nowhere", Assert.Throws<BadInputException>(() => Hash("nowhere/x.npz")).Message, StringComparison.Ordinal);
    }

    private static string Hash(string data) => DataRef.Parse(data).Hash(Run);
}
