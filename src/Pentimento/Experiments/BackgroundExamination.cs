using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Painting.Objects;
using static TorchSharp.torch;

namespace Pentimento.Experiments;

/// <summary>The examination of a network in a run on objects: the same objects on the other ground, and where its evidence lies.</summary>
/// <param name="recipe">What to do.</param>
internal sealed class BackgroundExamination(ObjectsRecipe recipe)
{
    /// <summary>The file in which a network's examples are kept.</summary>
    public const string Examples = "examples.npz";

    private const int ShownOfEachClass = 4;

    /// <summary>The images examined: those of the set in which ground and class are independent.</summary>
    private readonly ObjectPainter painter = new(ObjectAtlas.Read(), ObjectCanvas.Parse(recipe.Independent), new(0));

    /// <summary>Swaps the grounds of the set without a shortcut.</summary>
    public BackgroundSwap Swap(Classifier network, RunContext run)
    {
        Predictions On(GroundChoice ground) => Predictions.Of(network, Images(ground, run), run);
        return BackgroundSwap.Of(
            On(GroundChoice.Own), On(GroundChoice.Swapped), On(GroundChoice.Redrawn), [.. Places.Select(at => painter.GlyphOf(Split.Test, at).Name)]);
    }

    /// <summary>Explains the predictions on both grounds, and keeps a few.</summary>
    public IReadOnlyList<BackgroundLocalization> Explain(Classifier network, string folder, RunContext run)
    {
        using var scope = NewDisposeScope();
        var cover = Cover();
        var (focus, arrays) = (new List<BackgroundLocalization>(), new List<KeyValuePair<string, NpyArray>>());
        var method = recipe.Explain.FittedTo(network);
        GroundChoice[] choices = [GroundChoice.Green, GroundChoice.Blue];
        foreach (var (ground, name) in choices.Zip(Grounds))
        {
            var set = Images(ground, run);
            var predicted = Predictions.Of(network, set, run).Classes;
            var maps = method.ExplainSet(network, set, predicted, method.DefaultLayer(network), run);
            var evidence = AttributionMethod.Evidence(maps, set.Shape);
            focus.Add(new(name, EvidenceLocalization.Of(evidence, cover, set, predicted)));
            arrays.AddRange(Shown(name, set, predicted, evidence));
        }

        Npz.Write(Path.Combine(folder, Examples), arrays);
        return focus;
    }

    private static string[] Grounds => ObjectAtlas.Names[ObjectPainter.Ground];

    private int[] Places =>
        recipe.Limit > 0 && recipe.Limit < painter.Count(Split.Test)
            ? StratifiedDraw.Of(painter.Labels(Split.Test), recipe.Limit, ImageSet.LimitSeed)
            : [.. Enumerable.Range(0, painter.Count(Split.Test))];

    private ImageSet Images(GroundChoice ground, RunContext run) => painter.Paint(Split.Test, Places, ground, run.Threads, run);

    /// <summary>The masks of the objects, float32 (N, H, W): 1 where more than half of a pixel is covered.</summary>
    private Tensor Cover()
    {
        byte[] cover = [.. Places.SelectMany(at => painter.Cover(Split.Test, at))];
        return tensor(cover, Places.Length, ObjectAtlas.Side, ObjectAtlas.Side).gt(127).to_type(ScalarType.Float32);
    }

    private static IEnumerable<KeyValuePair<string, NpyArray>> Shown(string ground, ImageSet set, long[] predicted, Tensor evidence)
    {
        var places = set.FirstOfEachClass(ShownOfEachClass);
        var shown = set.Pick(places);
        var size = set.Shape.Height * set.Shape.Width;
        float[] maps = [.. places.SelectMany(place => evidence[place].contiguous().data<float>().ToArray())];
        yield return new($"{ground}/images", new(shown.PixelArray, shown.Count, set.Shape.Height, set.Shape.Width, set.Shape.Channels));
        yield return new($"{ground}/labels", new(shown.Labels, shown.Count));
        yield return new($"{ground}/predicted", new(Array.ConvertAll(places, place => predicted[place]), places.Length));
        yield return new($"{ground}/maps", new(maps, maps.Length / size, set.Shape.Height, set.Shape.Width));
    }
}
