using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx;

/// <summary>The weights of one node by name. They are looked up at each run, because moving a network replaces its tensors.</summary>
internal sealed class WeightTable() : nn.Module(nameof(WeightTable))
{
    /// <summary>A weight or a statistic.</summary>
    public Tensor this[string name] => get_parameter(name) ?? get_buffer(name)!;

    /// <summary>Takes a weight over; statistics do not learn, and constants are no part of the network's state.</summary>
    public void Add(string name, Tensor values, WeightKind kind)
    {
        if (kind == WeightKind.Learns) register_parameter(name, new Parameter(values.DetachFromDisposeScope()));
        else register_buffer(name, values.DetachFromDisposeScope(), persistent: kind == WeightKind.Counted);
    }
}

/// <summary>What becomes of a weight.</summary>
internal enum WeightKind
{
    /// <summary>It learns.</summary>
    Learns,

    /// <summary>It is counted in training and kept with the weights.</summary>
    Counted,

    /// <summary>It stays as it is.</summary>
    Constant,
}
