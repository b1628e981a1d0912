namespace Pentimento.Sparse.Training;

/// <summary>The training metrics of an autoencoder in one epoch, on its training batches.</summary>
/// <param name="Epoch">1 for the first.</param>
/// <param name="Loss">The mean over steps, in units of the inputs' mean variance.</param>
/// <param name="Fvu">The share of the variance that is not explained.</param>
/// <param name="L0">The mean number of active features.</param>
/// <param name="Dead">The share of features that are dead at its end.</param>
/// <param name="Seconds">The wall time.</param>
internal sealed record SparseEpoch(int Epoch, double Loss, double Fvu, double L0, double Dead, double Seconds);
