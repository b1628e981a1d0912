using System.Globalization;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>What an attack wants of a whole set: any wrong answer, one class, or a class that depends on the image.</summary>
public sealed record Criterion
{
    private readonly Way way;
    private readonly int number;

    private Criterion(Way way, int number = 0) => (this.way, this.number) = (way, number);

    private enum Way
    {
        Any,
        Fixed,
        Shifted,
        LeastLikely,
        MostLikely,
    }

    /// <summary>Any wrong answer.</summary>
    public static Criterion Any { get; } = new(Way.Any);

    /// <summary>The one class that all images are to reach, or null.</summary>
    public int? Class => way == Way.Fixed ? number : null;

    /// <summary>Whether some answers are wanted more than other wrong ones.</summary>
    public bool Targeted => way != Way.Any;

    /// <summary>Whether the classes depend on what the network answers.</summary>
    public bool Asks => way is Way.LeastLikely or Way.MostLikely;

    /// <summary>One class, or any wrong answer for null.</summary>
    public static Criterion Of(int? target) => target is { } one ? new(Way.Fixed, one) : Any;

    /// <summary>Reads <c>any</c>, a class, <c>next</c>, <c>+2</c> (the label and two more, starting again after the last class),
    /// <c>least-likely</c> or <c>most-likely</c>.</summary>
    /// <exception cref="BadInputException">It is none of these.</exception>
    public static Criterion Parse(string text)
    {
        var plain = text.ToLowerInvariant();
        if (int.TryParse(plain.AsSpan(plain.StartsWith('+') ? 1 : 0), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return new(plain[0] == '+' ? Way.Shifted : Way.Fixed, whole);
        return plain switch
        {
            "any" => Any,
            "next" => new(Way.Shifted, 1),
            "least-likely" => new(Way.LeastLikely),
            "most-likely" => new(Way.MostLikely),
            _ => throw new BadInputException(
                $"--target {text}: expected a class, +N (the label and N more), or one of any, next, least-likely, most-likely."),
        };
    }

    /// <summary>The wish for a batch.</summary>
    /// <param name="labels">int64 (B).</param>
    /// <param name="logits">float32 (B, K), the network's answers to the images as they are.</param>
    public BatchCriterion For(Tensor labels, Tensor logits)
    {
        var classes = logits.shape[1];
        return way switch
        {
            Way.Any => BatchCriterion.AwayFrom(labels),
            Way.Fixed => BatchCriterion.At(full_like(labels, number)),
            Way.Shifted => BatchCriterion.At((labels + number).remainder(classes)),
            Way.LeastLikely => BatchCriterion.At(But(float.PositiveInfinity).argmin(1)),
            _ => BatchCriterion.At(But(float.NegativeInfinity).argmax(1)),
        };

        // The label itself is no target.
        Tensor But(float never) => logits.masked_fill(nn.functional.one_hot(labels, classes).to_type(ScalarType.Bool), never);
    }

    /// <summary>As users write it.</summary>
    public override string ToString() => way switch
    {
        Way.Any => "any",
        Way.Fixed => number.ToString(CultureInfo.InvariantCulture),
        Way.Shifted => number == 1 ? "next" : $"+{number}",
        Way.LeastLikely => "least-likely",
        _ => "most-likely",
    };
}
