using Pentimento.Attacks;
using Pentimento.Evaluation;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attacks;

public sealed class FgsmTests
{
    [Theory]
    [InlineData("untargeted", 48)]
    [InlineData("targeted", 40)]
    public void It_is_torchattacks_fgsm(string kind, int kept)
    {
        using var scope = NewDisposeScope();
        using var victim = Oracle.Network();
        var (set, goal) = Oracle.Task(kind);

        var perturbed = new Fgsm(0.05).PerturbSet(victim, set, goal, RunContext.OnCpu());

        // The signs of gradients near 1e-9 depend on rounding: 3% of the pixels may differ.
        var same = (perturbed.slice(0, 0, kept, 1) - Oracle.ExpectedTensor($"fgsm_{kind}_adv")).abs().lt(1e-6).to_type(float32).mean().item<float>();
        Assert.InRange(same, 0.97f, 1f);
        var answers = Predictor.Logits(victim, perturbed, RunContext.OnCpu()).argmax(1).data<long>().ToArray();
        Assert.Equal(((byte[])Oracle.Expected($"fgsm_{kind}_pred").Data).Select(answer => (long)answer), answers);
    }
}
