using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pentimento.Training.Procedures;

/// <summary>An auxiliary head: linear on a network's features, it learns to read the bias, so that what it can read is penalized.</summary>
internal sealed class BiasHead : IDisposable
{
    private const double Rate = 0.01;
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Tensor scale;
    private readonly OptimizerState optimizer;

    /// <summary>Begins at 0; its tensors belong to the caller's scope.</summary>
    /// <param name="features">float32 (N, F), some features, by which all are scaled.</param>
    /// <param name="values">Number of values of the bias.</param>
    /// <param name="run">The device.</param>
    public BiasHead(Tensor features, int values, RunContext run)
    {
        var device = run.Device.ToTorch();
        weight = new(zeros(values, features.shape[1], float32, device));
        bias = new(zeros(values, float32, device));
        scale = features.detach().square().mean([0], keepdim: true).sqrt().clamp(min: 1e-3);
        optimizer = new Adam(Rate).Begin([weight, bias]);
    }

    /// <summary>The mutual information between the bias and the head's answer, in nats, with a gradient by the features; the head learns from the
    /// same images first.</summary>
    /// <param name="features">float32 (N, F).</param>
    /// <param name="values">int64 (N), the bias.</param>
    public Tensor Information(Tensor features, Tensor values)
    {
        var scaled = features / scale;
        optimizer.ZeroGradients();
        nn.functional.cross_entropy(Logits(scaled.detach(), weight, bias), values).backward();
        optimizer.Step();
        return Information(nn.functional.softmax(Logits(scaled, weight.detach(), bias.detach()), 1), values, weight.shape[0]);
    }

    /// <summary>The mutual information between a bias and soft answers, in nats: Σ P(b, a) ln (P(b, a) / P(b) P(a)).</summary>
    /// <param name="answers">float32 (N, B), probabilities.</param>
    /// <param name="values">int64 (N), the bias.</param>
    /// <param name="count">B.</param>
    internal static Tensor Information(Tensor answers, Tensor values, long count)
    {
        var joint = nn.functional.one_hot(values, count).to_type(answers.dtype).t().mm(answers) / answers.shape[0];
        var apart = joint.sum(1, keepdim: true) * joint.sum(0, keepdim: true);
        // Where a value is not met both are 0, and so is what it adds.
        return (joint * ((joint + 1e-12) / (apart + 1e-12)).log()).sum();
    }

    public void Dispose() => optimizer.Dispose();

    private static Tensor Logits(Tensor features, Tensor weight, Tensor bias) => features.mm(weight.t()) + bias;
}
