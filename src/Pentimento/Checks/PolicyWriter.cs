using System.Globalization;

namespace Pentimento.Checks;

/// <summary>A first policy from what a network does today.</summary>
internal static class PolicyWriter
{
    private const double Step = 0.01;

    /// <summary>What is usually required: accuracy, the worst class, the worst group by each attribute, the flip rate of coloured images.</summary>
    public static IReadOnlyList<Requirement> Usual(CheckSubject subject)
    {
        return
        [
            "accuracy >= 0",
            "accuracy[class=worst] >= 0",
            .. subject.Images.AttributeNames.Select(attribute => (Requirement)$"accuracy[by={attribute}] >= 0"),
            .. subject.Images.Colors.Length > 0 && subject.Images.Shape.Channels == 3 ? [(Requirement)"flip-rate <= 1"] : Array.Empty<Requirement>(),
        ];
    }

    /// <summary>The same requirements with limits that the network under check passes: the interval's end, rounded to a full percent.</summary>
    public static IReadOnlyList<Requirement> WithLimits(IReadOnlyList<Requirement> requirements, CheckSubject subject) =>
        [.. requirements.Select(requirement => WithLimit(requirement, requirement.Quantity.Measure(subject)))];

    private static Requirement WithLimit(Requirement requirement, Measurement measured)
    {
        var more = requirement.Relation.WantsMore();
        var step = measured.High > 1 ? 1 : Step;
        var end = more ? Math.Floor(measured.Low / step) * step : Math.Ceiling(measured.High / step) * step;
        return $"{requirement.Left} {(more ? ">=" : "<=")} {Math.Round(end, 4).ToString(CultureInfo.InvariantCulture)}";
    }
}
