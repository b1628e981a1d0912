using System.Text.Json;
using Pentimento.Data;
using Pentimento.Experiments;
using Pentimento.Networks;
using Pentimento.Networks.Onnx;

namespace Pentimento.Reports.Runs;

/// <summary>Both networks of a run, small enough for a page to carry, with digits to try them on.</summary>
public sealed class InteractiveNetworks
{
    private const long MostBytes = 4_000_000;
    private const int PerClass = 4;

    private InteractiveNetworks(IReadOnlyList<string> classes, IReadOnlyList<OperatorChain> chains, Digits digits) =>
        (Classes, Chains, Digits) = (classes, chains, digits);

    /// <summary>What the classes are called.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The networks, the lazy one first.</summary>
    internal IReadOnlyList<OperatorChain> Chains { get; }

    /// <summary>Grey test digits.</summary>
    internal Digits Digits { get; }

    /// <summary>All but the weights and pixels, for the page's script; whatever a class is called, it ends no element.</summary>
    internal string Description => JsonSerializer.Serialize(
        new { Digits.Width, Digits.Height, Classes, Digits.Labels, Networks = Chains.Select(chain => chain.Steps) }, JsonSerializerOptions.Web);

    /// <summary>The networks that a run has kept.</summary>
    /// <returns>Null where it has kept none, or they are larger than a page should be, or no chains of simple operators.</returns>
    /// <exception cref="BadInputException">A network's file is not whole.</exception>
    internal static InteractiveNetworks? Read(RunFolder folder)
    {
        var files = Recipe.Networks.Select(name => folder.At($"models/{name}.safetensors")).ToList();
        // Stored as float32, twice what the page carries.
        if (!files.TrueForAll(File.Exists) || files.Sum(file => new FileInfo(file).Length) > 2 * MostBytes) return null;
        using var lazy = ModelFile.Read(files[0]);
        using var repaired = ModelFile.Read(files[1]);
        return Of(lazy, repaired);
    }

    /// <summary>Two networks and the first test digits of each class, in the test set's order; null where they do not fit.</summary>
    internal static InteractiveNetworks? Of(Classifier lazy, Classifier repaired)
    {
        var digits = Some(Digits.Mnist(Split.Test));
        var shape = new ImageShape(digits.Height, digits.Width, 3);
        if (lazy.Shape != shape || repaired.Shape != shape || lazy.Classes != 10 || repaired.Classes != 10) return null;
        if (OperatorChain.Of(lazy) is not { } first || OperatorChain.Of(repaired) is not { } second) return null;
        return first.Bytes.Length + second.Bytes.Length > MostBytes ? null : new(NamesOf(lazy), [first, second], digits);
    }

    private static IReadOnlyList<string> NamesOf(Classifier network) =>
        network.ClassNames.Count > 0 ? network.ClassNames : [.. Enumerable.Range(0, network.Classes).Select(label => $"{label}")];

    private static Digits Some(Digits all) => all.Pick(
    [
        .. Enumerable.Range(0, all.Count).GroupBy(at => all.Labels[at]).SelectMany(group => group.Take(PerClass)).Order(),
    ]);
}
