using System.IO.Compression;
using System.Text;
using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Networks.Torch;

namespace Pentimento.Tests.Networks.Torch;

public sealed class PthFileTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void What_pytorch_wrote_is_read_bit_for_bit()
    {
        var expected = Npz.Read(Oracle.At("weights.npz"));
        var read = PthFile.Read(Oracle.At("weights.pth"));

        Assert.Equal(expected.Keys.Order(), read.Keys.Order());
        Assert.All(expected, pair =>
        {
            Assert.Equal(pair.Value.Shape, read[pair.Key].Shape);
            Assert.Equal((float[])pair.Value.Data, (float[])read[pair.Key].Data);
        });
    }

    [Fact]
    public void What_is_written_is_read_back_and_the_same_weights_give_the_same_bytes()
    {
        var weights = PthFile.Read(Oracle.At("weights.pth"));

        PthFile.Write(scratch.At("a.pth"), weights);
        PthFile.Write(scratch.At("b.pth"), PthFile.Read(scratch.At("a.pth")));

        Assert.Equal(File.ReadAllBytes(scratch.At("a.pth")), File.ReadAllBytes(scratch.At("b.pth")));
        using var network = ModelFile.Read(scratch.At("a.pth"), new Cnn3());
        Assert.Equal(10, network.Classes);
    }

    [Fact]
    public void A_checkpoint_gives_the_dictionary_of_tensors_inside_it_without_its_prefix()
    {
        // {'epoch': 3, 'model': {'module.w': tensor of 4}}
        var read = PthFile.Read(
            Archive("}(X\u0005\0\0\0epochK\u0003X\u0005\0\0\0model}X\u0008\0\0\0module.w" + Tensor("4", "1") + "su.", new byte[16]));

        Assert.Equal(["w"], read.Keys);
        Assert.Equal([4], read["w"].Shape);
    }

    [Theory]
    [InlineData("torch-checkpoint")]
    [InlineData("torch-bfloat16")]
    [InlineData("torch-views")]
    public void Checkpoints_halved_precisions_and_views_are_read_as_pytorch_reads_them(string name)
    {
        var expected = Npz.Read(Oracle.At(name + ".npz"));
        var read = PthFile.Read(Oracle.At(name + ".pth"));

        Assert.Equal(expected.Keys.Order(), read.Keys.Order());
        Assert.All(expected, pair =>
        {
            Assert.Equal(pair.Value.ToString(), read[pair.Key].ToString());
            Assert.Equal(pair.Value.Data, read[pair.Key].Data);
        });
    }

    [Fact]
    public void The_zip_of_pytorch_2_is_read_with_its_parameters_padding_and_extra_entries()
    {
        // OrderedDict([('w', Parameter(tensor of 4))]) whose attributes are {'_metadata': OrderedDict()}, with a memo as Python's pickler keeps it.
        var parameter = "ctorch._utils\n_rebuild_parameter\nq\u0002(" + Tensor("2 2", "2 1") + "\u0088ccollections\nOrderedDict\n)Rtq\u0003Rq\u0004";
        var pickle =
            "ccollections\nOrderedDict\nq\0)Rq\u0001X\u0001\0\0\0wq\u0005" + parameter + "s}q\u0006X\u0009\0\0\0_metadataq\u0007h\0)Rq\u0008sb.";
        var values = new byte[16];
        Buffer.BlockCopy(new float[] { 1, -2, 0.5f, 8 }, 0, values, 0, 16);

        var read = PthFile.Read(
            scratch.Write(
                "two.pth",
                PaddedZip.Of(
                    ("model/data.pkl", [0x80, 2, .. Encoding.Latin1.GetBytes(pickle)]),
                    ("model/.format_version", "1"u8.ToArray()),
                    ("model/.storage_alignment", "64"u8.ToArray()),
                    ("model/byteorder", "little"u8.ToArray()),
                    ("model/data/0", values),
                    ("model/version", "3\n"u8.ToArray()),
                    ("model/.data/serialization_id", "0636457737946401051300000000"u8.ToArray()))));

        Assert.Equal(["w"], read.Keys);
        Assert.Equal([2, 2], read["w"].Shape);
        Assert.Equal([1, -2, 0.5f, 8], (float[])read["w"].Data);
    }

    [Fact]
    public void A_file_of_an_older_pytorch_is_refused_with_what_to_do() =>
        Assert.EndsWith(
            "is in the format of PyTorch before 1.6; load it with a newer one and save it again.",
            Assert.Throws<BadInputException>(() => PthFile.Read(Oracle.At("torch-legacy.pth"))).Message);

    [Theory]
    // An average of the weights, named before them, is not taken for them; nor is a loose tensor, nor an optimiser's.
    [InlineData("(X\u0003\0\0\0ema}X\u0001\0\0\0eTsX\u0005\0\0\0model}X\u0001\0\0\0wTsu.")]
    [InlineData("(X\u0004\0\0\0bestTX\u0003\0\0\0net}X\u0001\0\0\0wTsu.")]
    [InlineData("(X\u0003\0\0\0opt}X\u0005\0\0\0state}K\0}X\u0001\0\0\0mTsssX\u0003\0\0\0abc}X\u0001\0\0\0wTsu.")]
    [InlineData("X\u0012\0\0\0module._orig_mod.wTs.")]
    public void Weights_are_found_in_a_checkpoint(string pickle) =>
        Assert.Equal(["w"], PthFile.Read(Archive("}" + pickle.Replace("T", Tensor("4", "1"), StringComparison.Ordinal), new byte[16])).Keys);

    [Fact]
    public void A_transposed_view_is_read_in_its_own_order()
    {
        var values = new byte[24];
        Buffer.BlockCopy(new float[] { 0, 1, 2, 3, 4, 5 }, 0, values, 0, 24);

        var read = PthFile.Read(Archive("}X\u0001\0\0\0w" + Tensor("3 2", "1 3", count: 6) + "s.", values));

        Assert.Equal([0, 3, 1, 4, 2, 5], (float[])read["w"].Data);
    }

    [Theory]
    [InlineData("2 3", "0 1", new float[] { 5, 6, 7, 5, 6, 7 })]
    [InlineData("2 3", "1 0", new float[] { 5, 5, 5, 6, 6, 6 })]
    [InlineData("4 2", "0 0", new float[] { 5, 5, 5, 5, 5, 5, 5, 5 })]
    [InlineData("1 3", "900 1", new float[] { 5, 6, 7 })]
    public void What_torch_expanded_is_read_as_many_values(string sizes, string strides, float[] expected)
    {
        var values = new byte[12];
        Buffer.BlockCopy(new float[] { 5, 6, 7 }, 0, values, 0, 12);

        Assert.Equal(expected, (float[])PthFile.Read(Archive("}X\u0001\0\0\0w" + Tensor(sizes, strides, count: 3) + "s.", values))["w"].Data);
    }

    [Theory]
    [InlineData("cposix\nsystem\n(X\u0004\0\0\0exittR.", "names posix.system")]
    [InlineData("cbuiltins\neval\n(X\u0001\0\0\01tR.", "names builtins.eval")]
    [InlineData("ctorch\nload\n.", "names torch.load")]
    [InlineData("X\u0005\0\0\0posixX\u0006\0\0\0system\u0093.", "names posix.system")]
    [InlineData("ccollections\nOrderedDict\n(K\u0001tR.", "as PyTorch never does")]
    [InlineData("(i", "instruction 0x69")]
    [InlineData("K\u0001.", "no dictionary of tensors")]
    [InlineData("}.", "no dictionary of tensors")]
    [InlineData("s.", "malformed")]
    [InlineData("NNR.", "malformed")]
    [InlineData("X\u00ff\u00ff\u00ff\u00ff.", "ends too early")]
    [InlineData("h\u0007.", "malformed")]
    [InlineData("", "ends too early")]
    public void Hostile_and_broken_pickles_are_refused(string pickle, string part) =>
        Assert.Contains(part, Assert.Throws<BadInputException>(() => PthFile.Read(Archive(pickle, []))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("5", "1", 4)]
    [InlineData("4", "2", 4)]
    [InlineData("2147483647 2147483647", "0 0", 4)]
    [InlineData("100000000", "0", 4)]
    [InlineData("2 4", "4 1", 4)]
    [InlineData("4", "1", 400)]
    [InlineData("-4", "1", 4)]
    [InlineData("-4 0", "1 1", 4)]
    [InlineData("4", "1", 4, 1)]
    [InlineData("4", "1", 4, -1)]
    [InlineData("4", "1", 4, int.MaxValue)]
    public void Tensors_that_reach_outside_their_values_are_refused(string sizes, string strides, int count, int offset = 0) =>
        Assert.Throws<BadInputException>(() => PthFile.Read(Archive("}X\u0001\0\0\0w" + Tensor(sizes, strides, count, offset) + "s.", new byte[16])));

    [Fact]
    public void Many_tensors_of_one_storage_may_not_fill_the_memory()
    {
        var views = string.Concat(Enumerable.Range(0, 3000).Select(at => $"X\u0004\0\0\0{at:0000}{Tensor("250000", "1", 250000)}"));

        Assert.Contains(
            "claims tensors of",
            Assert.Throws<BadInputException>(() => PthFile.Read(Archive("}(" + views + "u.", new byte[1_000_000]))).Message);
    }

    [Fact]
    public void A_pickle_that_holds_itself_ends() =>
        Assert.Throws<BadInputException>(() => PthFile.Read(Archive("}q\u0001X\u0001\0\0\0ah\u0001s.", [])));

    [Fact]
    public void Damaged_files_are_refused_or_read_and_nothing_else_happens()
    {
        PthFile.Write(scratch.At("whole.pth"), new Dictionary<string, NpyArray> { ["w"] = new(new float[12], 3, 4), ["b"] = new(new float[3], 3) });

        var refused = Corruption.Of(File.ReadAllBytes(scratch.At("whole.pth")), 400, 600)
            .Count(damaged => Corruption.IsRefused(() => PthFile.Read(scratch.Write("damaged.pth", damaged))));

        Assert.True(refused > 100, $"{refused} of 400 refused");
    }

    /// <summary>A tensor of a storage '0' of floats on the stack.</summary>
    private static string Tensor(string sizes, string strides, int count = 4, int offset = 0)
    {
        string Tuple(string numbers) => "(" + string.Concat(numbers.Split(' ').Select(Whole)) + "t";
        return "ctorch._utils\n_rebuild_tensor_v2\n((X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\00X\u0003\0\0\0cpu"
            + Whole($"{count}")
            + "tQ"
            + Whole($"{offset}")
            + Tuple(sizes)
            + Tuple(strides)
            + "\u0089ccollections\nOrderedDict\n)RtR";
    }

    private static string Whole(string number) => "J" + string.Concat(BitConverter.GetBytes(int.Parse(number)).Select(value => (char)value));

    private string Archive(string pickle, byte[] values)
    {
        var file = scratch.At("archive.pth");
        using var archive = new ZipArchive(File.Create(file), ZipArchiveMode.Create);
        Put(archive, "archive/data.pkl", [0x80, 2, .. Encoding.Latin1.GetBytes(pickle)]);
        Put(archive, "archive/data/0", values);
        return file;
    }

    private static void Put(ZipArchive archive, string name, byte[] bytes)
    {
        using var content = archive.CreateEntry(name).Open();
        content.Write(bytes);
    }
}
