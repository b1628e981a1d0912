using Pentimento.Attacks;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Checks;

/// <summary>The share of the correctly predicted images that an attack fools.</summary>
/// <remarks>An attack that fails proves nothing by itself: its warnings are part of the requirement's line.</remarks>
[Called("attack")]
internal sealed record AttackSuccess : Quantity
{
    /// <summary>The attack.</summary>
    public Attack With { get; init; } = new Pgd();

    /// <inheritdoc/>
    public override Measurement Measure(CheckSubject subject)
    {
        var (result, fooled) = subject.Attacked(With);
        return Measurement.Of(new((long)Math.Round(result.SuccessRate * result.Count), result.Count)) with
        {
            Where = string.Join(" ", result.Warnings),
            Against = fooled,
        };
    }
}
