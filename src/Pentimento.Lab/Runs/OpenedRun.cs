using Pentimento.Experiments;
using Pentimento.Operations;

namespace Pentimento.Lab.Runs;

/// <summary>What a finished run has to look into: its networks, and the images that told them apart.</summary>
/// <param name="Models">Its networks, the first trained first.</param>
/// <param name="Data">The images on which they were told apart; null where its recipe does not say.</param>
internal sealed record OpenedRun(IReadOnlyList<NetworkRef> Models, DataRef? Data)
{
    /// <summary>The run of a folder; without networks where none lie there.</summary>
    public static OpenedRun Of(string folder)
    {
        var models = Path.Combine(folder, "models");
        if (!Directory.Exists(models)) return new([], null);
        var files = Directory.EnumerateFiles(models, "*.safetensors").OrderBy(Place).ThenBy(file => file, StringComparer.Ordinal);
        return new([.. files.Select(file => NetworkRef.Parse(file))], DataOf(folder));
    }

    // Those that a run is about come before what it is seen beside.
    private static int Place(string file)
    {
        var place = Recipe.Networks.ToList().IndexOf(Path.GetFileNameWithoutExtension(file));
        return place < 0 ? int.MaxValue : place;
    }

    private static DataRef? DataOf(string folder)
    {
        var file = Path.Combine(folder, "recipe.yaml");
        if (!File.Exists(file) || !File.Exists(Path.Combine(folder, "models", "lazy.safetensors"))) return null;
        var recipe = Recipe.Read(file);
        return new($"{recipe.Painted(recipe.Evaluate[1])}");
    }
}
