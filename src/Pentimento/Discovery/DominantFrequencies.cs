using Pentimento.Evaluation;

namespace Pentimento.Discovery;

/// <summary>The dominant frequencies of a class, a twentieth of the Fourier plane, and whether the class is recognised by them alone.</summary>
/// <remarks>A witness and no verdict: what images show, such as a digit's coarse outline, may lie in few frequencies as well.</remarks>
/// <param name="Class">The class.</param>
/// <param name="Survives">The share of its images that are still predicted as it when all other frequencies are taken away; they are not those
/// by which the frequencies were chosen.</param>
/// <param name="Becomes">The share of images of other classes that are predicted as it when only these frequencies are left of them.</param>
/// <param name="Control">The share of its images that are still predicted as it with as many frequencies drawn at random.</param>
/// <param name="Frequency">The mean of the frequencies, in cycles a pixel: 0 is coarse, 0.5 the finest along a side.</param>
public sealed record DominantFrequencies(long Class, Share Survives, Share Becomes, Share Control, double Frequency);
