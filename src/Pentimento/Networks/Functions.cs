using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>Activation functions by reference, so that a layer knows how ONNX calls its own.</summary>
internal static class Functions
{
    /// <summary>max(0, x).</summary>
    public static Func<Tensor, Tensor> Relu { get; } = x => x.relu();

    /// <summary>The hyperbolic tangent.</summary>
    public static Func<Tensor, Tensor> Tanh { get; } = x => x.tanh();

    /// <summary>The ONNX operator of a function; null for none and for one that is not known.</summary>
    public static string? OperatorOf(Func<Tensor, Tensor>? function) =>
        function == Relu ? "Relu" : function == Tanh ? "Tanh" : null;
}
