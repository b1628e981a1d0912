using Pentimento.Attacks;
using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Operations;

/// <summary>Takes samples of attacks for drawings; networks that follow each other under the same attack and task show the same images.</summary>
/// <param name="run">Device, progress and cancellation.</param>
internal sealed class AttackSampler(RunContext run)
{
    private readonly List<AttackSamples> samples = [];
    private string title = "";
    private int[] places = [];

    /// <summary>The samples in the order of the attacks; an attack without an image that counts has none.</summary>
    public IReadOnlyList<AttackSamples> Samples => samples;

    /// <summary>Takes samples of one network's adversarial images.</summary>
    public void Add(AttackedImages attacked)
    {
        var now = AttackSamples.TitleOf(attacked.Attack, attacked.Task);
        if (now != title) (title, places) = (now, AttackSamples.Choose(attacked.Set, attacked.Outcome));
        if (places.Length > 0) samples.Add(Of(attacked, places, run));
    }

    /// <summary>Computes the gradients and the evidence of chosen images.</summary>
    public static AttackSamples Of(AttackedImages attacked, int[] places, RunContext run)
    {
        using var scope = NewDisposeScope();
        var (victim, set, device) = (attacked.Victim, attacked.Set.Pick(places), run.Device.ToTorch());
        var before = Pixels.Slice(set.Tensor(), 0, set.Count).to(device);
        var after = attacked.Images.index_select(0, tensor(places.Select(place => (long)place).ToArray())).to(device);
        var labels = set.LabelTensor().to(device);
        long[] first = [.. places.Select(place => attacked.Outcome.Before[place])];
        long[] last = [.. places.Select(place => attacked.Outcome.After[place])];
        return new(
            attacked.Name, attacked.Attack, attacked.Task, set, Split(after), first, last,
            Split(InputGradients.Of(victim, before, labels)), Split(InputGradients.Of(victim, after, labels)),
            Evidence(victim, before, first, run), Evidence(victim, after, last, run));
    }

    private static float[][] Evidence(Classifier victim, Tensor images, long[] predicted, RunContext run)
    {
        // Where a network has no maps, its gradient times the image stands for Grad-CAM.
        var method = new GradCam().FittedTo(victim);
        var maps = method.Explain(victim, images, tensor(predicted).to(images.device), method.DefaultLayer(victim), run);
        return Split(AttributionMethod.Evidence(maps, victim.Shape));
    }

    private static float[][] Split(Tensor values) =>
        [.. values.cpu().contiguous().data<float>().ToArray().Chunk((int)(values.numel() / Math.Max(1, values.shape[0])))];
}
