namespace Pentimento.Sparse;

/// <summary>What the training of an autoencoder measured in one epoch, on its batches as they came.</summary>
/// <param name="Epoch">1 for the first.</param>
/// <param name="Loss">The mean over steps, in units of the inputs' mean variance.</param>
/// <param name="Fvu">The share of the variance that is not explained.</param>
/// <param name="L0">The mean number of active features.</param>
/// <param name="Dead">The share of features silent at its end for as long as makes them start anew.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record SparseEpoch(int Epoch, double Loss, double Fvu, double L0, double Dead, double Seconds);
