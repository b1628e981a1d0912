using Pentimento.Data;
using Pentimento.Experiments;
using Pentimento.Painting.Objects;

namespace Pentimento.Reports.Runs;

/// <summary>A finished run on objects as its page shows it.</summary>
public sealed record ObjectsReport
{
    internal ObjectsReport(
        ObjectsRecipe recipe, ObjectsResults results, IReadOnlyList<ImageSet> samples,
        IReadOnlyList<ObjectExamples> examples, Provenance provenance) =>
        (Recipe, Results, Samples, Examples, Provenance) = (recipe, results, samples, examples, provenance);

    /// <summary>A few images of every set, group by group.</summary>
    public IReadOnlyList<ImageSet> Samples { get; init; }

    /// <summary>The same objects on both grounds, as each network sees them.</summary>
    public IReadOnlyList<ObjectExamples> Examples { get; init; }

    /// <summary>With what and how long it was made.</summary>
    public Provenance Provenance { get; init; }

    /// <summary>The recipe.</summary>
    internal ObjectsRecipe Recipe { get; init; }

    /// <summary>What was measured.</summary>
    internal ObjectsResults Results { get; init; }

    /// <summary>Reads a finished run.</summary>
    /// <exception cref="BadInputException">The run is not finished, or its files are not whole.</exception>
    internal static ObjectsReport Read(RunFolder folder)
    {
        var (recipe, samples) = (ObjectsRecipe.Read(folder.At("recipe.yaml")), Npz.Read(folder.At("data/samples.npz")));
        return new(
            recipe,
            ObjectsRun.Read(folder),
            [.. recipe.Evaluate.Select(name => Images(samples, name))],
            [.. ObjectsRecipe.Networks.SelectMany(network => ExamplesOf(network, folder.At($"data/examples-{network}.npz")))],
            Provenance.Read(folder));
    }

    private static IEnumerable<ObjectExamples> ExamplesOf(string network, string file)
    {
        var arrays = Npz.Read(file);
        foreach (var ground in ObjectAtlas.Names[ObjectPainter.Ground])
        {
            var images = Images(arrays, ground);
            var maps = Named(arrays, $"{ground}/maps").As<float>(3, file);
            yield return new(
                network,
                ground,
                images,
                Named(arrays, $"{ground}/predicted").AsLabels(file, images.Count),
                [.. maps.Chunk(maps.Length / images.Count)]);
        }
    }

    private static ImageSet Images(IReadOnlyDictionary<string, NpyArray> arrays, string name)
    {
        var images = Named(arrays, $"{name}/images");
        var pixels = images.As<byte>(4, name);
        var labels = Named(arrays, $"{name}/labels").AsLabels(name, images.Shape[0]);
        Require.That(labels.Length > 0, $"{name} holds no image to show.");
        var shape = new ImageShape((int)images.Shape[1], (int)images.Shape[2], (int)images.Shape[3]);
        return new(name, pixels, labels, [], shape) { ClassNames = ObjectAtlas.ClassNames };
    }

    private static NpyArray Named(IReadOnlyDictionary<string, NpyArray> arrays, string name) =>
        arrays.TryGetValue(name, out var array) ? array : throw new BadInputException($"The run's data hold no array '{name}'.");
}

/// <summary>Images on one ground with a network's predictions and evidence.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Ground">The ground's name.</param>
/// <param name="Images">The images.</param>
/// <param name="Predicted">int64 (N), the predictions.</param>
/// <param name="Maps">float32 (H, W) of each image, not negative.</param>
public sealed record ObjectExamples(string Network, string Ground, ImageSet Images, long[] Predicted, float[][] Maps);
