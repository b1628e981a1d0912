using Pentimento.Operations;
using Pentimento.Probing;
using Pentimento.Reports.Pictures;

namespace Pentimento.Reports.Atlases;

/// <summary>One card for every neuron, to look at, filter and sort; the neurons may be anybody's channels.</summary>
/// <param name="Subject">Whose neurons they are.</param>
/// <param name="Data">The images that they were probed on.</param>
/// <param name="Grey">The images without colour, or null.</param>
/// <param name="Warning">What must be known before anything is believed, or null.</param>
/// <param name="Layers">What is known of each layer as a whole.</param>
/// <param name="Cards">The neurons.</param>
public sealed record Atlas(
    string Subject,
    string Data,
    string? Grey,
    string? Warning,
    IReadOnlyList<ProbedLayer> Layers,
    IReadOnlyList<AtlasCard> Cards);

/// <summary>One neuron with its pictures, each of which may be missing.</summary>
/// <param name="Neuron">What is known of it.</param>
/// <param name="Drawing">What it answers most strongly, drawn.</param>
/// <param name="Top">The images that it answers most strongly, side by side, with a frame where.</param>
/// <param name="Evidence">The same images with what speaks for the network's answer (Grad-CAM).</param>
public sealed record AtlasCard(Neuron Neuron, Picture? Drawing, Picture? Top, Picture? Evidence);
