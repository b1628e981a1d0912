using Pentimento.Networks.Torch;
using Pentimento.Data;
using Pentimento.Networks;

namespace Pentimento.Tests.Data;

public sealed class PlainWeightsTests
{
    public static TheoryData<string, string> Everything =>
        new MatrixTheoryData<string, string>(["w.pth", "w.safetensors", "w.npz"], ["float64", "float16", "float32", "int32", "int16", "uint8",
            "int64"]);

    [Theory, MemberData(nameof(Everything))]
    public void Whatever_type_weights_come_in_their_numbers_are_kept(string name, string type)
    {
        using var scratch = new Scratch();
        var array = new NpyArray(Numbers(type), 2, 3);

        WeightFile.Write(scratch.At(name), new Dictionary<string, NpyArray> { ["fc.weight"] = array }, new Dictionary<string, string>());
        var back = WeightFile.Read(scratch.At(name)).Weights["fc.weight"];

        Assert.Equal([2, 3], back.Shape);
        Assert.Equal(
            array.Data.Cast<object>().Select(Single), back.Data.Cast<object>().Select(Single));
    }

    private static float Single(object value) => value is Half half ? (float)half : Convert.ToSingle(value, null);

    [Fact]
    public void What_no_float32_can_hold_is_refused_and_nothing_written()
    {
        using var scratch = new Scratch();
        var weights = new Dictionary<string, NpyArray> { ["w"] = new(new[] { 1e300 }, 1) };

        Assert.Contains(
            "w: 1E+300 is too large for float32",
            Assert.Throws<BadInputException>(() => WeightFile.Write(scratch.At("w.pth"), weights, new Dictionary<string, string>())).Message);
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Folder));
    }

    [Fact]
    public void A_file_that_does_not_read_back_is_noticed() =>
        Assert.Contains(
            "w.pth does not read back as written: b differs",
            Assert.Throws<IOException>(() => PlainWeights.CheckSame(
                new Dictionary<string, NpyArray> { ["a"] = new(new[] { 1f }, 1), ["b"] = new(new[] { 0f }, 1) },
                new Dictionary<string, NpyArray> { ["a"] = new(new[] { 1f }, 1), ["b"] = new(new[] { -0f }, 1) },
                "w.pth")).Message);

    [Theory]
    [InlineData("module.fc.weight module.fc.bias", "fc.weight fc.bias")]
    [InlineData("_orig_mod.module.fc.weight", "fc.weight")]
    [InlineData("module._orig_mod.module.fc.weight", "fc.weight")]
    [InlineData("layer1._orig_mod.0.weight fc.weight", "layer1.0.weight fc.weight")]
    [InlineData("module.fc.weight fc.bias", "module.fc.weight fc.bias")]
    [InlineData("_orig_mod.a a", "_orig_mod.a a")]
    public void Names_lose_what_wrappers_put_before_them_in_any_order(string given, string plain) =>
        Assert.Equal(plain.Split(' '), WeightNames.Plain(given.Split(' ').ToDictionary(name => name, _ => 0)).Keys);

    private static Array Numbers(string type) => type switch
    {
        "float64" => new[] { 0.1, -2.5, 1e-30, 3e30, 0, 1 / 3.0 },
        "float16" => new[] { (Half)0.1, (Half)(-2.5), (Half)6e4, (Half)6e-8, (Half)0, (Half)1 },
        "float32" => new[] { 0.1f, -2.5f, 1e-38f, 3e38f, -0f, 1f },
        "int32" => new[] { 1, -2, int.MaxValue, int.MinValue, 0, 7 },
        "int16" => new short[] { 1, -2, short.MaxValue, short.MinValue, 0, 7 },
        "uint8" => new byte[] { 1, 2, 255, 128, 0, 7 },
        _ => new[] { 1L, -2, 1L << 40, long.MinValue, 0, 7 },
    };
}
