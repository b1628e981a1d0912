namespace Pentimento.Probing;

/// <summary>From information to a role: what is told must be believable, worth telling, and clearly more than the other.</summary>
/// <remarks>Gupta, "Computer Vision" (the report that this software implements), "Finding Brutus", made into a rule.</remarks>
/// <param name="Floor">The least share of an attribute's entropy that is worth telling.</param>
/// <param name="Dominance">How many times more a traitor or hero tells of its own attribute than of the other.</param>
/// <param name="Discovery">The largest q-value that is believed.</param>
public sealed record RoleRule(double Floor = 0.02, double Dominance = 2, double Discovery = 0.05)
{
    /// <summary>The role of a channel that tells these shares of colour and of digit.</summary>
    /// <param name="color">I(n; colour | digit) as a share of the colour's entropy.</param>
    /// <param name="digit">What survives of the digit: I(n; digit) on grey images or, without them, I(n; digit | colour), as a share of the
    /// digit's entropy.</param>
    public Role Decide(double color, double digit)
    {
        if (color < Floor && digit < Floor) return Role.None;
        if (color >= Floor && color >= Dominance * digit) return Role.Traitor;
        if (digit >= Floor && digit >= Dominance * color) return Role.Hero;
        return Role.Both;
    }
}
