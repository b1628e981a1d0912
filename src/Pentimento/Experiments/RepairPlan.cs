using Pentimento.Operations;
using Pentimento.Painting;

namespace Pentimento.Experiments;

/// <summary>What the bench learns from, what it is judged on, and how much it may do.</summary>
/// <param name="Train">The training sets; several are environments.</param>
/// <param name="Own">The test set of the training distribution.</param>
/// <param name="Reversed">The test set in which the shortcut misleads.</param>
/// <param name="Grey">The test set without colours, or null.</param>
/// <param name="Hard">The reversed test set with noise and strokes, or null.</param>
internal sealed record RepairPlan(IReadOnlyList<string> Train, string Own, string Reversed, string? Grey, string? Hard)
{
    /// <summary>How many seeds each method is trained with.</summary>
    public int Seeds { get; init; } = 3;

    /// <summary>The first of them; the others follow it.</summary>
    public ulong FirstSeed { get; init; } = 1;

    /// <summary>How often all images are seen.</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>Images in one step.</summary>
    public int Batch { get; init; } = 256;

    /// <summary>How many images of each set are used, 0 for all.</summary>
    public int Limit { get; init; }

    /// <summary>The share of the training images that no method learns from and by which the advice compares methods.</summary>
    public double HoldOut { get; init; } = 0.1;

    /// <summary>The share of the held-out images that a recommended method may lose.</summary>
    public double? Cost { get; init; }

    /// <summary>The time after which no further training is begun.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>Whether each method is also trained without each environment in turn, to select by the one left out.</summary>
    public bool LeaveOneOut { get; init; }

    /// <summary>The test sets in the order of the table.</summary>
    public IReadOnlyList<string> Tests => [.. new[] { Own, Reversed, Grey, Hard }.OfType<string>()];

    /// <summary>The plan for sets whose tests follow from their names: <c>rg_95z</c> is reversed by <c>gr_95z</c>.</summary>
    /// <param name="train">The training sets.</param>
    /// <param name="own">The test set of the training distribution, or null for the first training set's.</param>
    /// <param name="reversed">The reversed test set, or null for what the name says.</param>
    /// <param name="grey">The grey test set, or null for what the name says.</param>
    /// <param name="hard">The hard test set, or null for what the name says.</param>
    /// <exception cref="BadInputException">The name says nothing and no reversed set is given.</exception>
    public static RepairPlan For(IReadOnlyList<string> train, string? own, string? reversed, string? grey, string? hard)
    {
        var name = DataLibrary.PlaceOf(train[0]);
        var painted = PaintedName.Matches(name) ? PaintedName.Parse(name) : null;
        var canvas = painted?.Canvas;
        Mode? other = canvas?.Mode switch { Mode.Rg => Mode.Gr, Mode.Gr => Mode.Rg, _ => null };
        Canvas? turned = canvas is not null && other is { } mode ? canvas with { Mode = mode } : null;
        Require.That(
            reversed is not null || turned is not null,
            $"{train[0]} does not say by its name which set misleads in the other way; name one with --reversed.");
        return new(
            train, own ?? name, reversed ?? Painted(turned)!, grey ?? Painted(canvas is null ? null : canvas with { Mode = Mode.Bw, Percent = 100 }),
            hard ?? Painted(turned is null ? null : turned with { Tier = Tier.Parse("h") }));

        string? Painted(Canvas? canvas) => canvas is null ? null : $"{painted! with { Canvas = canvas }}";
    }
}
