using Pentimento.Foundation.Configuration;

namespace Pentimento.Operations;

/// <summary>Keeps an operation from writing over what it reads: a network's weights, or the images that somebody collected.</summary>
internal static class Overwriting
{
    /// <summary>Refuses an output that is one of the operation's inputs, or another of its outputs.</summary>
    /// <exception cref="BadInputException">One is.</exception>
    public static void Refuse(Operation operation)
    {
        var settings = Settings.Of(operation.GetType()).All;
        var read = settings.Where(setting => setting.Attribute<OutputAttribute>() is null)
            .SelectMany(setting => Inputs(setting, setting.Of(operation))).Select(Place).ToHashSet();
        var written = new Dictionary<string, string>();
        foreach (var setting in settings.Where(setting => setting.Attribute<OutputAttribute>() is not null))
        {
            if (setting.Of(operation) is not string path || string.IsNullOrWhiteSpace(path)) continue;
            var place = Place(path);
            Require.That(!read.Contains(place), $"--{setting.Name} would write over {path}, which is read here; choose another name.");
            Require.That(
                written.TryAdd(place, setting.Name),
                $"--{written.GetValueOrDefault(place)} and --{setting.Name} both name {path}; choose another name.");
        }
    }

    /// <summary>Refuses a folder that a training would put its curves into, where images lie that are read.</summary>
    /// <exception cref="BadInputException">They lie there.</exception>
    public static void RefuseAmong(string model, IEnumerable<DataRef> data)
    {
        var folder = Place(Path.ChangeExtension(Path.GetFullPath(model), null));
        var images = data.FirstOrDefault(one => Directory.Exists(folder) && Place(DataLibrary.PlaceOf(one.Text)) == folder);
        Require.That(
            images is null, $"--out {model} puts its curves into a folder of that name, in which the images of {images} lie; choose another.");
    }

    private static IEnumerable<string> Inputs(Setting setting, object? value) => value switch
    {
        string path when setting.Attribute<InputAttribute>() is not null => [path],
        NetworkRef network => [network.File],
        DataRef data => Places(DataLibrary.PlaceOf(data.Text)),
        IEnumerable<NetworkRef> networks => networks.Select(network => network.File),
        IEnumerable<DataRef> sets => sets.SelectMany(data => Inputs(setting, data)),
        _ => [],
    };

    /// <summary>Where images lie: only where nothing has the name itself, an npz may stand for it.</summary>
    private static string[] Places(string place) => Path.Exists(place) ? [place] : [place, $"{place}.npz"];

    /// <summary>Where a path leads, links followed; what does not exist yet leads to itself.</summary>
    private static string Place(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        FileSystemInfo place = Directory.Exists(full) ? new DirectoryInfo(full) : new FileInfo(full);
        return place.Exists ? place.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full : full;
    }
}
