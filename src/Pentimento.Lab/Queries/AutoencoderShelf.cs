using Pentimento.Experiments.Store;
using Pentimento.Sparse;
using TorchSharp;

namespace Pentimento.Lab.Queries;

/// <summary>The autoencoders at hand: the files that were named, and what finished steps of the lab's store have written.</summary>
/// <param name="named">The files that were named.</param>
/// <param name="folder">The store's folder.</param>
/// <param name="device">Where they compute.</param>
internal sealed class AutoencoderShelf(IReadOnlyList<string> named, string folder, Device device) : IDisposable
{
    private readonly Dictionary<string, FeatureBasis?> read = [];
    private readonly Dictionary<(LabNetwork Network, FeatureBasis Basis), bool> fitting = [];

    /// <summary>Those that a network's activations fit, the named ones first.</summary>
    public IReadOnlyList<FeatureBasis> Of(LabNetwork network) =>
        [.. Files().Select(one => Read(one.Name, one.File)).OfType<FeatureBasis>().Where(basis => Fits(network, basis))];

    /// <summary>Refuses named files that are no autoencoders, that share a name, or that fit no network.</summary>
    /// <exception cref="BadInputException">One does.</exception>
    public void Check(IReadOnlyList<LabNetwork> networks)
    {
        var twice = named.GroupBy(Path.GetFileName).FirstOrDefault(group => group.Count() > 1);
        Require.That(twice is null, $"Two autoencoders are called {twice?.Key}; give them names of their own.");
        foreach (var file in named)
        {
            var basis = read[file] = Open(Path.GetFileName(file), file);
            Require.That(networks.Any(network => Fits(network, basis)),
                $"{file} takes {basis.Inputs} inputs of {basis.Cut} apart; no network of the lab has such a layer.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var basis in read.Values) basis?.Dispose();
    }

    private IEnumerable<(string Name, string File)> Files()
    {
        using var store = new RunStore(folder);
        var steps = store.Records().SelectMany(record => record.Files.Keys.Where(file => Path.GetExtension(file) == ".safetensors")
            .Select(file => ($"{record.Name}: {file}", Path.Combine(store.FolderOf(record.Name, record.Key), file))));
        return [.. named.Select(file => (Path.GetFileName(file), file)), .. steps.DistinctBy(one => one.Item1).OrderBy(one => one.Item1)];
    }

    private FeatureBasis? Read(string name, string file)
    {
        if (read.TryGetValue(file, out var basis)) return basis;
        return read[file] = File.Exists(file) && AutoencoderFile.Holds(file) ? Open(name, file) : null;
    }

    private FeatureBasis Open(string name, string file)
    {
        var (autoencoder, layer) = AutoencoderFile.Read(file);
        autoencoder.to(device.ToTorch());
        return new(name, file, layer, autoencoder) { Learned = AutoencoderFile.Learned(file) };
    }

    private bool Fits(LabNetwork network, FeatureBasis basis) => fitting.TryGetValue((network, basis), out var fits)
        ? fits : fitting[(network, basis)] = basis.Fits(network.Network);
}
