using System.Diagnostics.CodeAnalysis;

namespace Pentimento.Checks;

/// <summary>What must hold of a network: a quantity, a relation and a limit, as in <c>accuracy[by=place] &gt;= 0.85</c>.</summary>
public sealed record Requirement : IParsable<Requirement>
{
    private Requirement(Quantity quantity, Relation relation, double limit, string text) =>
        (Quantity, Relation, Limit, Text) = (quantity, relation, limit, text);

    /// <summary>The requirement as users write it.</summary>
    public string Text { get; }

    /// <summary>The limit, in the quantity's own unit: a share of 1, bytes, milliseconds, a count.</summary>
    public double Limit { get; }

    internal Quantity Quantity { get; }

    internal Relation Relation { get; }

    /// <summary>The left side alone.</summary>
    internal string Left => Text[..Relations.Find(Text)!.Value.Start].Trim();

    /// <summary>Reads a requirement.</summary>
    public static implicit operator Requirement(string text) => Parse(text);

    /// <summary>Reads a requirement.</summary>
    /// <exception cref="BadInputException">It has another form, or names what is not known.</exception>
    public static Requirement Parse(string s, IFormatProvider? provider = null)
    {
        var text = s.Trim();
        Require.That(
            Relations.Find(text) is not null, $"'{Printable.Short(text)}' is no requirement: it reads QUANTITY >= LIMIT, such as accuracy >= 0.97.");
        var (start, length, relation) = Relations.Find(text)!.Value;
        var quantity = RequirementText.Read(text[..start].Trim());
        return new(quantity, relation, quantity.ReadLimit(text[(start + length)..].Trim()), text);
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Requirement result)
    {
        result = null;
        if (s is null) return false;
        try
        {
            result = Parse(s, provider);
            return true;
        }
        catch (BadInputException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
