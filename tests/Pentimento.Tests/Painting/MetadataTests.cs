using Pentimento.Painting;

namespace Pentimento.Tests.Painting;

public sealed class MetadataTests
{
    // As the seed report prints it.
    private const string Published = """
        =====
        DATASET METADATA
        =====

        COLOR MAPPING:
        Mode: NORMAL

        Digit 0: RGB(np.uint8(255), np.uint8(0), np.uint8(0))
        Digit 1: RGB(np.uint8(0), np.uint8(255), np.uint8(0))
        Digit 2: RGB(np.uint8(0), np.uint8(255), np.uint8(255))
        Digit 3: RGB(np.uint8(255), np.uint8(192), np.uint8(203))
        Digit 4: RGB(np.uint8(255), np.uint8(0), np.uint8(255))
        Digit 5: RGB(np.uint8(31), np.uint8(81), np.uint8(255))
        Digit 6: RGB(np.uint8(255), np.uint8(255), np.uint8(0))
        Digit 7: RGB(np.uint8(120), np.uint8(81), np.uint8(169))
        Digit 8: RGB(np.uint8(18), np.uint8(10), np.uint8(143))
        Digit 9: RGB(np.uint8(255), np.uint8(165), np.uint8(0))

        PARAMETERS:
        ALL_WHITE: False
        REVERSE: False
        BIAS: 0.95
        NOISE_PROB: 0
        NOISE_RANGE: (15, 25)
        STROKE_PROB: 0
        STROKE_RANGE: (1, 3)
        STROKE_THICK: (1, 2)
        PROGRESS: 1000

        """;

    [Fact]
    public void The_text_is_the_reports_to_the_letter() => Assert.Equal(Published, Text("rg_95z"));

    [Fact]
    public void Reversed_and_white_sets_say_so()
    {
        Assert.Contains("Mode: REVERSE\n\nDigit 0: RGB(np.uint8(0), np.uint8(255), np.uint8(0))\n", Text("gr_99.5h"));
        Assert.Contains("ALL_WHITE: False\nREVERSE: True\nBIAS: 0.995\nNOISE_PROB: 0.8\nNOISE_RANGE: (20, 30)\nSTROKE_PROB: 0.6\n", Text("gr_99.5h"));
        Assert.Contains("ALL_WHITE: True\nREVERSE: False\nBIAS: 1\n", Text("bw_100z"));
    }

    private static string Text(string name) => Metadata.Text(new(Canvas.Parse(name), Palette.Seed, new(0)));
}
