using System.Reflection;
using ScottPlot;
using SkiaSharp;

namespace Pentimento.Reports.Style;

/// <summary>The typeface of figures, embedded: drawing finds no font on a bare machine, and then leaves out every word without a sound.</summary>
internal static class FigureFont
{
    /// <summary>The typeface's name.</summary>
    public const string Family = "Open Sans";

    /// <summary>The size of text in plots, in pixels.</summary>
    public const float Size = 15;

    private static readonly Lazy<byte[]> File = new(() => Resource("OpenSans-Regular.ttf"));
    private static readonly Lazy<bool> InPlots = new(Register);

    /// <summary>The typeface for drawing.</summary>
    public static SKTypeface Typeface { get; } = SKTypeface.FromStream(new MemoryStream(File.Value));

    /// <summary>The typeface for style sheets.</summary>
    public static string DataUri => $"data:font/ttf;base64,{Convert.ToBase64String(File.Value)}";

    /// <summary>A file that comes with this assembly.</summary>
    public static byte[] Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    /// <summary>Registers the typeface with the plots; must come before the first plot, and may come again.</summary>
    public static void Use() => _ = InPlots.Value;

    private static bool Register()
    {
        Fonts.FontResolvers.Insert(0, new OneTypeface());
        Fonts.Default = Family;
        return true;
    }

    /// <summary>Answers every request with the one typeface: any other name would be an invisible one.</summary>
    private sealed class OneTypeface : IFontResolver
    {
        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => Typeface;

        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => Typeface;
    }
}
