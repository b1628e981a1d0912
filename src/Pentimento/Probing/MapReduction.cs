using static TorchSharp.torch;

namespace Pentimento.Probing;

/// <summary>What of a channel's map is meant by its activation.</summary>
public enum MapReduction
{
    /// <summary>The mean over all places.</summary>
    Mean,

    /// <summary>The one neuron in the middle.</summary>
    Center,

    /// <summary>The greatest of all places.</summary>
    Maximum,
}

/// <summary>From maps to one number a channel.</summary>
public static class MapReductions
{
    /// <summary>Activations (N, C) of maps (N, C, H, W); what has no places is returned as it is.</summary>
    public static Tensor Reduce(this MapReduction aim, Tensor activations) => aim switch
    {
        _ when activations.dim() == 2 => activations.alias(),
        MapReduction.Mean => activations.mean([2, 3]),
        MapReduction.Maximum => activations.amax([2, 3]),
        _ => activations[.., .., activations.shape[2] / 2, activations.shape[3] / 2],
    };
}
