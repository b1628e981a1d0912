using Pentimento.Data;
using Spectre.Console;

namespace Pentimento.Cli.Terminal;

/// <summary>A few images in a terminal that can show colours; nothing elsewhere.</summary>
internal static class Preview
{
    public static void Show(TextWriter error, ImageSet set, IReadOnlyList<int[]> columns)
    {
        if (error != Console.Error || Console.IsErrorRedirected) return;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        var shown = Math.Min(columns.Count, console.Profile.Width / (set.Shape.Width + 1));
        if (console.Profile.Capabilities.ColorSystem < ColorSystem.EightBit || shown == 0) return;

        // A character is two pixels high: the upper half is its ink, the lower its paper.
        for (var row = 0; row < set.Shape.Height; row += 2)
        {
            for (var column = 0; column < shown; column++)
            {
                for (var x = 0; x < set.Shape.Width; x++)
                    console.Write(new Text("▀", new Style(At(set, columns[column][0], row, x), At(set, columns[column][0], row + 1, x))));
                console.Write(" ");
            }

            console.WriteLine();
        }
    }

    private static Color At(ImageSet set, int image, int row, int column)
    {
        if (row >= set.Shape.Height) return Color.Black;
        var pixel = set.PixelsOf(image).Slice(((row * set.Shape.Width) + column) * set.Shape.Channels, set.Shape.Channels);
        return new(pixel[0], pixel[pixel.Length / 2], pixel[^1]);
    }
}
