namespace Pentimento.Checks;

/// <summary>Requirements that no network can meet together, or that say the same thing twice.</summary>
internal static class Contradictions
{
    /// <summary>Passes only where there are none.</summary>
    /// <exception cref="BadInputException">Two requirements contradict each other, or are the same.</exception>
    public static void Refuse(IReadOnlyList<Requirement> requirements)
    {
        foreach (var group in requirements.GroupBy(requirement => requirement.Quantity))
        {
            foreach (var (at, one) in group.Index())
            {
                foreach (var other in group.Skip(at + 1))
                {
                    Require.That(
                        one.Relation != other.Relation || !one.Limit.Equals(other.Limit), $"'{one.Text}' is required twice.");
                    Require.That(CanBoth(one, other), $"'{one.Text}' and '{other.Text}' contradict each other: no network meets both.");
                }
            }
        }
    }

    private static bool CanBoth(Requirement one, Requirement other)
    {
        // Between the limits, or at one of them, must lie a value that meets both.
        double[] candidates = [one.Limit, other.Limit, (one.Limit + other.Limit) / 2, one.Limit - 1, one.Limit + 1, other.Limit - 1, other.Limit + 1];
        return candidates.Any(value => one.Relation.Holds(value, one.Limit) && other.Relation.Holds(value, other.Limit));
    }
}
