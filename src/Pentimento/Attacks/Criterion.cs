using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>The success criterion of an attack on a set: untargeted (any wrong class), one target class, or a target that depends on the
/// image.</summary>
public sealed record Criterion : IParsable<Criterion>
{
    private readonly Kind kind;
    private readonly int number;

    private Criterion(Kind kind, int number = 0) => (this.kind, this.number) = (kind, number);

    private enum Kind
    {
        Any,
        Fixed,
        Shifted,
        LeastLikely,
        MostLikely,
    }

    /// <summary>The untargeted criterion: any wrong class.</summary>
    public static Criterion Any { get; } = new(Kind.Any);

    /// <summary>The target class of all images, or null where there is not one.</summary>
    public int? Class => kind == Kind.Fixed ? number : null;

    /// <summary>Whether the attack is targeted.</summary>
    public bool Targeted => kind != Kind.Any;

    /// <summary>Whether the target classes depend on the network's predictions.</summary>
    public bool DependsOnPredictions => kind is Kind.LeastLikely or Kind.MostLikely;

    /// <summary>One target class, or untargeted for null.</summary>
    public static Criterion Of(int? target) => target is { } one ? new(Kind.Fixed, one) : Any;

    /// <summary>Reads <c>any</c>, a class, <c>next</c>, <c>+2</c> (the label and two more, starting again after the last class),
    /// <c>least-likely</c> or <c>most-likely</c>.</summary>
    /// <exception cref="BadInputException">It is none of these.</exception>
    public static Criterion Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var result)
            ? result
            : throw new BadInputException(
                $"--target {s}: expected a class, +N (the label and N more), or one of any, next, least-likely, most-likely.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Criterion result)
    {
        var plain = (s ?? "").Trim().ToLowerInvariant();
        if (int.TryParse(plain.AsSpan(plain.StartsWith('+') ? 1 : 0), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            result = new(plain[0] == '+' ? Kind.Shifted : Kind.Fixed, whole);
            return true;
        }

        result = plain switch
        {
            "any" => Any,
            "next" => new(Kind.Shifted, 1),
            "least-likely" => new(Kind.LeastLikely),
            "most-likely" => new(Kind.MostLikely),
            _ => null,
        };
        return result is not null;
    }

    /// <summary>The criterion of a batch.</summary>
    /// <param name="labels">int64 (B).</param>
    /// <param name="logits">float32 (B, K), the network's logits of the unperturbed images.</param>
    internal BatchCriterion For(Tensor labels, Tensor logits)
    {
        var classes = logits.shape[1];
        return kind switch
        {
            Kind.Any => BatchCriterion.AwayFrom(labels),
            Kind.Fixed => BatchCriterion.At(full_like(labels, number)),
            Kind.Shifted => BatchCriterion.At((labels + number).remainder(classes)),
            Kind.LeastLikely => BatchCriterion.At(But(float.PositiveInfinity).argmin(1)),
            _ => BatchCriterion.At(But(float.NegativeInfinity).argmax(1)),
        };

        // The label itself is no target.
        Tensor But(float never) => logits.masked_fill(nn.functional.one_hot(labels, classes).to_type(ScalarType.Bool), never);
    }

    /// <summary>As users write it.</summary>
    public override string ToString() => kind switch
    {
        Kind.Any => "any",
        Kind.Fixed => number.ToString(CultureInfo.InvariantCulture),
        Kind.Shifted => number == 1 ? "next" : $"+{number}",
        Kind.LeastLikely => "least-likely",
        _ => "most-likely",
    };
}
