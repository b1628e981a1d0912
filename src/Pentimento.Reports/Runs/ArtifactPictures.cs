using Pentimento.Data;
using Pentimento.Experiments;

namespace Pentimento.Reports.Runs;

/// <summary>The images and maps that a run has kept for its page.</summary>
/// <param name="Samples">The same digits of every set.</param>
/// <param name="Explained">Both networks' maps of the same images.</param>
/// <param name="Attacked">Both networks' images under attack.</param>
public sealed record ArtifactPictures(
    IReadOnlyList<ImageSet> Samples,
    IReadOnlyList<ExplainedImages> Explained,
    IReadOnlyList<AttackExamples> Attacked)
{
    /// <summary>Reads what <see cref="Artifacts"/> wrote.</summary>
    /// <exception cref="BadInputException">A file is missing arrays, or is not whole.</exception>
    internal static ArtifactPictures Read(RunFolder folder, Recipe recipe)
    {
        var samples = new Arrays(folder.At("data/samples.npz"));
        var explained = new Arrays(folder.At("data/explanations.npz"));
        var attacked = new Arrays(folder.At("data/attacks.npz"));
        return new(
            [.. recipe.Evaluate.Select(samples.Images)],
            [.. recipe.Evaluate.Take(2).Select(name => Explanations(explained, name))],
            [.. Recipe.Networks.SelectMany(network => new int?[] { null, recipe.Attack.Target }.Select(target => Attacks(attacked, network, target)))]
        );
    }

    private static ExplainedImages Explanations(Arrays arrays, string name) =>
        new(
            arrays.Images(name),
            [
                .. Recipe.Networks.Select(network => new Explanations(
                    network,
                    arrays.Labels($"{name}/{network}/answers"),
                    arrays.Floats($"{name}/{network}/maps", 3))),
            ]);

    private static AttackExamples Attacks(Arrays arrays, string network, int? target)
    {
        var name = $"{network}/{(target is null ? "any" : $"to {target}")}";
        return new(
            network,
            target,
            arrays.Images(name),
            arrays.Floats($"{name}/perturbed", 4),
            arrays.Labels($"{name}/before"),
            arrays.Labels($"{name}/after"));
    }

    private sealed class Arrays(string file)
    {
        private readonly IReadOnlyDictionary<string, NpyArray> arrays = Npz.Read(file);

        public ImageSet Images(string name)
        {
            var images = Named($"{name}/images");
            var bytes = images.As<byte>(4, name);
            var shape = new ImageShape((int)images.Shape[1], (int)images.Shape[2], (int)images.Shape[3]);
            return new(name, bytes, Labels($"{name}/labels"), arrays.ContainsKey($"{name}/colors") ? Labels($"{name}/colors") : [], shape);
        }

        public long[] Labels(string name) => Named(name).AsLabels(name);

        public float[][] Floats(string name, int dimensions)
        {
            var array = Named(name);
            var values = array.As<float>(dimensions, name);
            return array.Shape[0] == 0 ? [] : [.. values.Chunk(values.Length / (int)array.Shape[0])];
        }

        private NpyArray Named(string name) =>
            arrays.TryGetValue(name, out var array) ? array : throw new BadInputException($"{file} holds no array '{name}'.");
    }
}

/// <summary>Images that both networks' predictions are explained on.</summary>
/// <param name="Images">The images.</param>
/// <param name="Networks">Each network's predictions and maps, the lazy one first.</param>
public sealed record ExplainedImages(ImageSet Images, IReadOnlyList<Explanations> Networks);

/// <summary>A network's predictions and its evidence maps for them.</summary>
/// <param name="Network">lazy or repaired.</param>
/// <param name="Predicted">int64 (N), the predictions.</param>
/// <param name="Maps">float32 (H, W) of each image, not negative.</param>
public sealed record Explanations(string Network, long[] Predicted, float[][] Maps);

/// <summary>Images before and after an attack on a network.</summary>
/// <param name="Network">lazy or repaired.</param>
/// <param name="Target">The class to reach, or null where any wrong prediction counted.</param>
/// <param name="Images">The images before.</param>
/// <param name="Perturbed">float32 (C, H, W) of each image after.</param>
/// <param name="Before">int64 (N), the predictions before.</param>
/// <param name="After">int64 (N), the predictions after.</param>
public sealed record AttackExamples(string Network, int? Target, ImageSet Images, float[][] Perturbed, long[] Before, long[] After);
