using static TorchSharp.torch;

namespace Pentimento.Sparse;

/// <summary>Reconstruction metrics of a sparse autoencoder on held-out rows: variance unexplained, L0, dead features.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Fvu">The fraction of variance unexplained: Σ‖x̂ - x‖² / Σ‖x - mean‖², the mean of each input over all rows; 0 is perfect, 1
/// no better than the mean; undefined (NaN, in JSON null) where all rows are alike.</param>
/// <param name="L0">The mean number of active features of a row.</param>
/// <param name="Dead">The share of features that are active in no row.</param>
public sealed record Reconstruction(long Rows, double Fvu, double L0, double Dead)
{
    private const long Batch = 4096;

    // A mean of float32 rows is off by a ten-millionth at most, and squares count here.
    private const double Rounding = 1e-13;

    /// <summary>The share of the variance that is explained: 1 is perfect, 0 no better than the mean.</summary>
    public double Explained => 1 - Fvu;

    /// <summary>Evaluates an autoencoder on rows float32 (N, C).</summary>
    public static Reconstruction Of(Autoencoder autoencoder, Tensor rows)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (error, active, fired) = (0.0, 0L, zeros(autoencoder.Features, @bool, rows.device));
        for (var start = 0L; start < rows.shape[0]; start += Batch)
        {
            using var inner = NewDisposeScope();
            var part = rows.slice(0, start, Math.Min(start + Batch, rows.shape[0]), 1);
            var features = autoencoder.Encode(part);
            var activeFeatures = features.ne(0);
            error += SquaredError(autoencoder.Decode(features), part);
            active += activeFeatures.sum().item<long>();
            fired.logical_or_(activeFeatures.any(0));
        }

        return new(
            rows.shape[0],
            Unexplained(error, rows),
            (double)active / rows.shape[0],
            1 - ((double)fired.sum().item<long>() / autoencoder.Features));
    }

    /// <summary>The fraction of variance unexplained by any reconstruction of rows (N, C).</summary>
    public static double FractionUnexplained(Tensor rebuilt, Tensor rows) => Unexplained(SquaredError(rebuilt, rows), rows);

    private static double Unexplained(double error, Tensor rows) => AllEqual(rows) ? double.NaN : error / Variance(rows);

    /// <summary>Whether rows differ by no more than the rounding of their mean.</summary>
    internal static bool AllEqual(Tensor rows)
    {
        using var scope = NewDisposeScope();
        return !(Variance(rows) > Rounding * rows.square().sum(float64).item<double>());
    }

    /// <summary>Σ‖x - mean‖², the mean of each input over all rows.</summary>
    internal static double Variance(Tensor rows)
    {
        using var scope = NewDisposeScope();
        return SquaredError(rows.mean([0], keepdim: false, type: float64).to_type(float32), rows);
    }

    private static double SquaredError(Tensor rebuilt, Tensor rows)
    {
        using var scope = NewDisposeScope();
        return (rebuilt - rows).pow_(2).sum(float64).item<double>();
    }
}
