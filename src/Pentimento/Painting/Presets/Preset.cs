using Pentimento.Data;
using Pentimento.Foundation.Configuration;
namespace Pentimento.Painting.Presets;

/// <summary>A published benchmark of coloured digits, painted as its authors' code paints it.</summary>
/// <remarks>The distribution is the authors'; the bits cannot be, for the random numbers are ours.</remarks>
[Family("presets")]
public abstract record Preset
{
    /// <summary>Grows whenever the same seed paints other bytes than before.</summary>
    public const int Version = 2;

    /// <summary>The name that users write, and that of the folder.</summary>
    public string Name => new Member(GetType()).Name;

    /// <summary>Paints the benchmark's sets one after another; each is a function of the digits and the seed alone.</summary>
    /// <param name="train">Grey training digits with labels 0..9.</param>
    /// <param name="test">Grey test digits of the same size.</param>
    /// <param name="seed">Decides every draw.</param>
    /// <param name="run">Hears about progress and may stop the work.</param>
    /// <exception cref="BadInputException">A label is not a digit, the sizes differ, or there are too few digits.</exception>
    public IEnumerable<PresetSet> Paint(Digits train, Digits test, Seed seed, RunContext run)
    {
        foreach (var digits in (Digits[])[train, test])
            Require.That(digits.Labels.All(label => label is >= 0 and <= 9), $"{digits.Source}: {Name} colours the labels 0 to 9 only.");
        Require.That(
            (train.Height, train.Width) == (test.Height, test.Width),
            $"{Name}: training digits are {train.Height}x{train.Width}, test digits {test.Height}x{test.Width}.");
        return Sets(train, test, seed.For("preset").For(Name), run);
    }

    /// <summary>Paints the sets, the first to learn from first.</summary>
    /// <param name="train">Grey training digits.</param>
    /// <param name="test">Grey test digits.</param>
    /// <param name="seed">This preset's own stream.</param>
    /// <param name="run">Hears about progress and may stop the work.</param>
    protected abstract IEnumerable<PresetSet> Sets(Digits train, Digits test, Seed seed, RunContext run);
}

/// <summary>One set of a benchmark: an environment, a validation set or a test.</summary>
/// <param name="Name">What its file is called.</param>
/// <param name="Split">Whether it is learnt from or judged on.</param>
/// <param name="Images">
/// uint8 (N, H, W, 3); labels are those that a network sees, colours the palette index worn; attributes are <c>true_labels</c> where labels
/// are noisy, <c>foregrounds</c> where two colours are worn.
/// </param>
public sealed record PresetSet(string Name, Split Split, ImageSet Images)
{
    /// <summary>The first <paramref name="limit"/> images, or all for 0.</summary>
    public PresetSet Take(int limit) => this with { Images = Images.First(limit) };
}
