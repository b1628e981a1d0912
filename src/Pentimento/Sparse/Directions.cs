namespace Pentimento.Sparse;

/// <summary>The initialization of the features' directions, and their constraint.</summary>
/// <remarks>
/// Anchored: Fel et al., 2025, "Archetypal SAE: adaptive and stable dictionary learning for concept extraction in large vision models",
/// arXiv:2502.12892: directions D = W C + Λ from centroids C of the data with a bounded relaxation Λ; here W is the identity, so that each
/// direction has one centroid, and the relaxation is a bound on the angle between the two.
/// </remarks>
public enum Directions
{
    /// <summary>At random, and anywhere: what is common to rows that are never alike can be found, but another seed finds other directions.</summary>
    Free,

    /// <summary>At centroids of the rows, and within some 11° of them: other seeds find nearly the same directions, but none that is far
    /// from all rows.</summary>
    Anchored,
}
