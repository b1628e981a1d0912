using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Lab.Queries;

/// <summary>A part of an attack's change.</summary>
/// <param name="Part">Which.</param>
/// <param name="Share">Its share of the change's squares.</param>
/// <param name="Fools">Whether it changes the prediction by itself.</param>
internal sealed record ChangePart(string Part, double Share, bool Fools);

/// <summary>What an attack exploits: the parts of its change, each tried by itself.</summary>
internal static class ChangeParts
{
    // Whatever differs from the ground by a quarter of the image's largest difference stands out.
    private const float StandsOut = 0.25f;

    /// <summary>The parts of the change from one image to another.</summary>
    /// <param name="victim">The network that is attacked.</param>
    /// <param name="image">float32 (1, C, H, W), before.</param>
    /// <param name="perturbed">The same, after.</param>
    public static IReadOnlyList<ChangePart> Of(Classifier victim, Tensor image, Tensor perturbed)
    {
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        var (change, before) = (perturbed - image, Predicted(victim, image));
        var whole = Squares(change);
        if (whole == 0) return [];
        var bytes = (image * 255).round().to_type(uint8).permute(0, 2, 3, 1).contiguous();
        var standing = ColorReplacement.ForegroundIntensity(bytes).ge(StandsOut).unsqueeze(1).to_type(float32);
        var brightness = change.mean([1], keepdim: true).expand_as(change);
        (string Name, Tensor Values)[] places =
            [("on what stands out from the ground", change * standing), ("on the ground", change * (1 - standing))];
        (string Name, Tensor Values)[] colors = [("in brightness", brightness), ("in colour", change - brightness)];
        return
        [
            .. (image.shape[1] == 3 ? [.. colors, .. places] : places).Select(part => new ChangePart(
                part.Name, Squares(part.Values) / whole, Predicted(victim, (image + part.Values).clamp(0, 1)) != before)),
        ];
    }

    private static double Squares(Tensor values) => values.square().sum().item<float>();

    private static long Predicted(Classifier victim, Tensor image) => victim.call(image).argmax(1).item<long>();
}
