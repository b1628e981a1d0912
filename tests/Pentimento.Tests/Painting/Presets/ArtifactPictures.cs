using System.Security.Cryptography;
using Pentimento.Data;
using Pentimento.Painting.Presets;

namespace Pentimento.Tests.Painting.Presets;

/// <summary>Presets painted on MNIST, and ways to look at them.</summary>
internal static class ArtifactPictures
{
    private static readonly Lazy<Digits> Training = new(() => Digits.Mnist(Split.Train));

    public static Digits Train => Training.Value;

    /// <summary>The sets on all of MNIST, one at a time.</summary>
    public static IEnumerable<PresetSet> Paint(Preset preset, ulong seed = 0) => preset.Paint(Train, Easel.Test, new(seed), RunContext.OnCpu());

    /// <summary>2,000 digits that are not among <see cref="Easel.Test"/>.</summary>
    public static Digits Few { get; } = First(Train, 2000);

    /// <summary>The sets on few digits where the protocol allows it: 10,000 to learn from, 2,000 others to test on.</summary>
    public static IEnumerable<PresetSet> Sketch(Preset preset, ulong seed = 0) =>
        preset.Paint(preset is Arjovsky ? Train : Easel.Test, Few, new(seed), RunContext.OnCpu());

    private static Digits First(Digits digits, int count) => digits.Part(0, count);

    public static int Agreeing(PresetSet set) => Agreeing(set.Images.Labels, set.Images.Colors);

    public static int Agreeing(long[] left, long[] right) => left.Zip(right).Count(pair => pair.First == pair.Second);

    public static Dictionary<(long Label, long Color), int> Table(long[] labels, long[] colors) =>
        labels.Zip(colors).CountBy(pair => pair).ToDictionary();

    /// <summary>All arrays of a set as one checksum.</summary>
    public static string Checksum(PresetSet set)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, array) in ImageSetFile.Arrays(set.Images))
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(name));
            hash.AppendData(Npy.Bytes(array.Data));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>What remains of each image under a view of its pixels, whatever their order: which digits are in a set.</summary>
    public static string[] Shapes(int count, Func<int, byte[]> view) =>
        [.. Enumerable.Range(0, count).Select(index => Convert.ToHexString(SHA256.HashData(view(index)))).Order(StringComparer.Ordinal)];
}
