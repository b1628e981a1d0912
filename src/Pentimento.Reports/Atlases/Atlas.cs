using Pentimento.Operations;
using Pentimento.Probing;
using Pentimento.Reports.Pictures;

namespace Pentimento.Reports.Atlases;

/// <summary>One card for every neuron, to look at, filter and sort; the neurons may be any network's channels.</summary>
/// <param name="Subject">The network whose neurons they are.</param>
/// <param name="Data">The images that they were probed on.</param>
/// <param name="Grey">The images without colour, or null.</param>
/// <param name="Warning">A caveat about the estimates, or null.</param>
/// <param name="Layers">The estimates of each layer as a whole.</param>
/// <param name="Cards">The neurons.</param>
public sealed record Atlas(
    string Subject,
    string Data,
    string? Grey,
    string? Warning,
    IReadOnlyList<ProbedLayer> Layers,
    IReadOnlyList<AtlasCard> Cards)
{
    /// <summary>Whether some neurons have no pictures, since the page would be too large or the drawing take too long.</summary>
    internal bool IsPartlyShown => Cards.Any(card => card.Top is not null) && Cards.Any(card => card.Drawing is null);

    /// <summary>The commands that find the same; empty where nobody says.</summary>
    public IReadOnlyList<string> Again { get; init; } = [];
}

/// <summary>One neuron with its pictures, each of which may be missing.</summary>
/// <param name="Neuron">Its estimates.</param>
/// <param name="Drawing">What activates it most, drawn.</param>
/// <param name="Top">The images that activate it most, side by side, with a frame where.</param>
/// <param name="Evidence">The same images with the evidence for the network's prediction (Grad-CAM).</param>
public sealed record AtlasCard(Neuron Neuron, Picture? Drawing, Picture? Top, Picture? Evidence);
