namespace Pentimento.Attribution;

/// <summary>Gauss-Legendre quadrature: nodes and weights that integrate polynomials of degree 2n-1 exactly.</summary>
internal static class GaussLegendre
{
    /// <summary>The n nodes in (0, 1) and their weights, which sum to 1.</summary>
    public static IReadOnlyList<(double Node, double Weight)> On01(int count) => [.. Enumerable.Range(0, count).Select(at => At(at, count))];

    private static (double Node, double Weight) At(int at, int count)
    {
        // Newton's method from the asymptotic root (Abramowitz and Stegun, 22.16.6) converges in a few steps.
        var root = -Math.Cos(Math.PI * (at + 0.75) / (count + 0.5));
        for (var step = 0; step < 8; step++)
        {
            var (value, slope) = Legendre(root, count);
            root -= value / slope;
        }

        var last = Legendre(root, count).Slope;
        return ((1 + root) / 2, 1 / ((1 - (root * root)) * last * last));
    }

    /// <summary>Legendre's polynomial of a degree and its derivative, by the three-term recurrence.</summary>
    private static (double Value, double Slope) Legendre(double x, int degree)
    {
        var (before, value) = (1.0, x);
        for (var n = 2; n <= degree; n++) (before, value) = (value, (((2 * n) - 1) * x * value / n) - ((n - 1) * before / n));
        return (value, degree * ((x * value) - before) / ((x * x) - 1));
    }
}
