namespace Pentimento.Checks;

/// <summary>How a quantity must stand to its limit.</summary>
internal enum Relation
{
    /// <summary>At least the limit: <c>&gt;=</c>.</summary>
    AtLeast,

    /// <summary>At most the limit: <c>&lt;=</c>.</summary>
    AtMost,

    /// <summary>Above the limit: <c>&gt;</c>.</summary>
    Above,

    /// <summary>Below the limit: <c>&lt;</c>.</summary>
    Below,

    /// <summary>The limit itself: <c>==</c>.</summary>
    Equal,
}

/// <summary>Relations as they are written and decided.</summary>
internal static class Relations
{
    // The longer one first: ">=" begins like ">".
    private static readonly (string Sign, Relation Relation)[] Signs =
    [
        (">=", Relation.AtLeast), ("<=", Relation.AtMost), ("==", Relation.Equal), (">", Relation.Above), ("<", Relation.Below),
    ];

    /// <summary>The sign that users write.</summary>
    public static string Sign(this Relation relation) => Signs.First(pair => pair.Relation == relation).Sign;

    /// <summary>Finds the first sign in a text, outside brackets; null where there is none.</summary>
    public static (int Start, int Length, Relation Relation)? Find(string text)
    {
        var depth = 0;
        for (var at = 0; at < text.Length; at++)
        {
            depth += text[at] switch { '[' or '(' => 1, ']' or ')' => -1, _ => 0 };
            if (depth > 0) continue;
            foreach (var (sign, relation) in Signs)
            {
                if (string.CompareOrdinal(text, at, sign, 0, sign.Length) == 0) return (at, sign.Length, relation);
            }
        }

        return null;
    }

    /// <summary>Whether more of the quantity is better.</summary>
    public static bool WantsMore(this Relation relation) => relation is Relation.AtLeast or Relation.Above;

    /// <summary>Decides by the interval: passed where all of it meets the limit, failed where none does, else undecided.</summary>
    /// <param name="relation">How the quantity must stand.</param>
    /// <param name="measured">The measured value with its interval.</param>
    /// <param name="limit">The limit.</param>
    public static RequirementStatus Decide(this Relation relation, Measurement measured, double limit)
    {
        var low = Holds(relation, measured.Low, limit);
        var high = Holds(relation, measured.High, limit);
        if (relation == Relation.Equal && !(low && high))
            return limit < measured.Low || limit > measured.High ? RequirementStatus.Failed : RequirementStatus.Undecided;
        return low && high ? RequirementStatus.Passed : low || high ? RequirementStatus.Undecided : RequirementStatus.Failed;
    }

    /// <summary>Whether a value stands so to the limit.</summary>
    public static bool Holds(this Relation relation, double value, double limit) => relation switch
    {
        Relation.AtLeast => value >= limit,
        Relation.AtMost => value <= limit,
        Relation.Above => value > limit,
        Relation.Below => value < limit,
        _ => value.Equals(limit),
    };
}

/// <summary>What came out for a requirement.</summary>
public enum RequirementStatus
{
    /// <summary>The whole interval meets the limit.</summary>
    Passed,

    /// <summary>No part of the interval meets the limit.</summary>
    Failed,

    /// <summary>The interval holds the limit: there are not enough images to say.</summary>
    Undecided,
}
