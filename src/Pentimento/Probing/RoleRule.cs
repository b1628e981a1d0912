namespace Pentimento.Probing;

/// <summary>The decision rule from mutual information to a role: significance, a smallest share of entropy, and dominance over the other
/// attribute.</summary>
/// <remarks>Gupta, "Computer Vision" (the report that this software implements), "Finding Brutus", made into a rule.</remarks>
/// <param name="Floor">The smallest share of an attribute's entropy that counts.</param>
/// <param name="Dominance">The smallest ratio of a traitor's or hero's information on its own attribute to that on the other.</param>
/// <param name="Discovery">The largest q-value that is significant.</param>
internal sealed record RoleRule(double Floor = 0.02, double Dominance = 2, double Discovery = 0.05)
{
    /// <summary>The role of a channel with these shares of information on color and digit.</summary>
    /// <param name="color">I(n; color | digit) as a share of the color's entropy.</param>
    /// <param name="digit">I(n; digit) on gray images or, without them, I(n; digit | color), as a share of the digit's entropy.</param>
    public Role Decide(double color, double digit)
    {
        if (color < Floor && digit < Floor) return Role.None;
        if (color >= Floor && color >= Dominance * digit) return Role.Traitor;
        if (digit >= Floor && digit >= Dominance * color) return Role.Hero;
        return Role.Both;
    }
}
