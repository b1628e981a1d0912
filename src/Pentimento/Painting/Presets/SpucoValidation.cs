using System.Reflection;
using Pentimento.Data;

namespace Pentimento.Painting.Presets;

/// <summary>The validation split of SpuCoMNIST.</summary>
internal static class SpucoValidation
{
    private const string Resource = "spuco/validation.npy";
    private const int Listed = 60_000;

    /// <summary>
    /// The indices of the validation set, in its order: the list that the authors publish, where there are as many digits as they had; else
    /// a fifth of each digit, drawn by the seed.
    /// </summary>
    public static int[] Places(Digits train, Seed seed) =>
        train.Count == Listed ? Published() : PresetPainting.Shuffled(Drawn(train, seed), seed.For("order"));

    private static int[] Published()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        return Array.ConvertAll(Npy.Read(stream, stream.Length, Resource).AsLabels(Resource), place => (int)place);
    }

    private static IEnumerable<int> Drawn(Digits train, Seed seed) => Enumerable.Range(0, 10).SelectMany(digit =>
    {
        var places = PresetPainting.Shuffled(PresetPainting.PlacesOf(digit, train.Labels), seed.For("held").For(digit));
        return places[..(places.Length / 5)];
    }).Order();
}
