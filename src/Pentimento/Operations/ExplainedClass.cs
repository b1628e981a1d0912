using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Pentimento.Data;
using Pentimento.Networks;

namespace Pentimento.Operations;

/// <summary>The class that attribution maps explain: each image's predicted class, its true class, or one class for all images.</summary>
/// <param name="Text">As users write it: <c>predicted</c>, <c>true</c> or a number.</param>
public sealed record ExplainedClass(string Text) : IParsable<ExplainedClass>
{
    private const string Expected = "expected predicted, true or the number of a class";

    /// <summary>Each image's predicted class.</summary>
    public static ExplainedClass Predicted { get; } = new("predicted");

    /// <summary>Each image's true class.</summary>
    public static ExplainedClass True { get; } = new("true");

    /// <summary>Reads it as users write it.</summary>
    /// <exception cref="BadInputException">It is no such class.</exception>
    public static ExplainedClass Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var result) ? result : throw new BadInputException($"--target {s}: {Expected}.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out ExplainedClass result)
    {
        var text = s?.Trim().ToLowerInvariant();
        result = text is "predicted" or "true" || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? new(text!) : null;
        return result is not null;
    }

    /// <summary>int64 (N), the class explained for each image.</summary>
    /// <param name="network">The network.</param>
    /// <param name="set">The images.</param>
    /// <param name="predicted">int64 (N), the predicted classes.</param>
    /// <exception cref="BadInputException">The network does not know the class.</exception>
    internal long[] Of(Classifier network, ImageSet set, long[] predicted)
    {
        if (this == Predicted) return predicted;
        if (this == True)
        {
            Require.That(
                set.Labels.All(label => label < network.Classes),
                $"{set.Name} has label {set.Labels.Max()}, but the network knows only {network.Classes} classes.");
            return set.Labels;
        }

        var known = int.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var one) && one < network.Classes;
        Require.That(known, $"--target {Text}: expected predicted, true or a class from 0 to {network.Classes - 1}.");
        return [.. Enumerable.Repeat((long)one, set.Count)];
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
