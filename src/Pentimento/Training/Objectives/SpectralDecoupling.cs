using System.ComponentModel.DataAnnotations;

namespace Pentimento.Training.Objectives;

/// <summary>Spectral decoupling: the mean cross-entropy plus the mean square of the logits, so that one easy feature does not starve the
/// others.</summary>
/// <remarks>Pezeshki et al., 2021, "Gradient starvation: a learning proclivity in neural networks", arXiv:2011.09468, eq. 19; scaled as in
/// DomainBed, by the mean over images and classes.</remarks>
/// <param name="Weight">λ, the weight of the mean squared logits.</param>
internal sealed record SpectralDecoupling([Range(0.0, 1e6)] double Weight = 0.1) : StatelessObjective
{
    /// <inheritdoc/>
    public override ObjectiveLoss Of(IReadOnlyList<EnvironmentOutput> environments, int step)
    {
        var penalty = TorchSharp.torch.stack(environments.Select(output => output.Logits.square().mean())).mean();
        return new(MeanRisk(environments) + (Weight * penalty), penalty);
    }
}
