using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Training.Procedures;

/// <summary>A network to whose logits a biased one's prediction adds some in training, and none later.</summary>
internal static class AddedLogits
{
    /// <summary>The network as it is trained; its modules are the network's own.</summary>
    /// <param name="network">The network.</param>
    /// <param name="reference">The biased network.</param>
    /// <param name="added">float32 (K, K), what is added to the logits, a row for each prediction of the biased network.</param>
    public static Classifier To(Classifier network, Classifier reference, float[,] added)
    {
        return new(network.Architecture, network.Shape, network.Classes, [new Layer("together", LayerKind.Other, Forward, network, Maps: false)]);

        Tensor Forward(Tensor images, Classifier together)
        {
            if (!together.training) return network.call(images);
            network.DropoutGenerator = together.DropoutGenerator;
            return network.call(images) + tensor(added, device: images.device).index_select(0, Predictions(reference, images));
        }
    }

    private static Tensor Predictions(Classifier reference, Tensor images)
    {
        using var noGrad = no_grad();
        return reference.call(images).argmax(1);
    }
}
