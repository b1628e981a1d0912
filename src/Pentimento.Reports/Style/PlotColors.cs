using ScottPlot;

namespace Pentimento.Reports.Style;

/// <summary>The colours of plots and pages: those of Okabe and Ito, which people of any colour vision can distinguish.</summary>
/// <remarks>Okabe and Ito, 2008, "Color universal design". The page's style sheet gives each a darker or lighter twin by theme.</remarks>
internal static class PlotColors
{
    /// <summary>Text and axes.</summary>
    public static Color Text { get; } = Color.FromHex("#1F2328");

    /// <summary>What lies behind a figure.</summary>
    public static Color Paper { get; } = Color.FromHex("#FEFDFB");

    /// <summary>Grid lines.</summary>
    public static Color Hairline { get; } = Color.FromHex("#DFDAD0");

    /// <summary>The lazy network: vermillion.</summary>
    public static Color Lazy { get; } = Color.FromHex("#D55E00");

    /// <summary>The network that was repaired: blue.</summary>
    public static Color Repaired { get; } = Color.FromHex("#0072B2");

    /// <summary>Sets of images, in the recipe's order, and runs side by side, each with a lazy and a repaired network: green, purple,
    /// orange, sky, and one of Tol's, for a fifth: indigo.</summary>
    public static IReadOnlyList<Color> Sets { get; } =
        [Color.FromHex("#009E73"), Color.FromHex("#CC79A7"), Color.FromHex("#E69F00"), Color.FromHex("#56B4E9"), Color.FromHex("#332288")];

    /// <summary>Networks or methods in the order given: vermillion, blue, then the colours of sets.</summary>
    public static IReadOnlyList<Color> Series { get; } = [Lazy, Repaired, .. Sets];

    /// <summary>The marks of lines and groups in the order given, so that no difference is shown by colour alone.</summary>
    public static IReadOnlyList<MarkerShape> Shapes { get; } =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond, MarkerShape.OpenSquare,
        MarkerShape.FilledTriangleDown, MarkerShape.Cross, MarkerShape.OpenCircle, MarkerShape.OpenTriangleUp, MarkerShape.OpenDiamond,
    ];

    /// <summary>The colour of a network of a run.</summary>
    public static Color Of(string network) => network == "lazy" ? Lazy : Repaired;

    /// <summary>The colours that a theme may change, with the style sheet's name for each.</summary>
    public static IReadOnlyList<(Color Color, string Variable)> Themed { get; } =
    [
        (Text, "--text"), (Paper, "--paper"), (Hairline, "--hairline"), (Lazy, "--lazy"), (Repaired, "--repaired"),
        (Sets[0], "--set-0"), (Sets[1], "--set-1"), (Sets[2], "--set-2"), (Sets[3], "--set-3"), (Sets[4], "--set-4"),
    ];
}
