using Pentimento.Cli.Terminal;

namespace Pentimento.Tests.Cli;

public sealed class PrintableWriterTests
{
    [Fact]
    public void Commands_to_the_terminal_become_letters_in_every_verb()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch.At("photos/\u001b[31mred"));
        scratch.Write("photos/\u001b[31mred/1.ppm", [.. "P6 4 4 255\n"u8, .. new byte[48]]);

        var described = Command.Succeed("info", scratch.At("photos")).Output;

        Assert.Contains("\uFFFD[31mred: 1", described);
        Assert.DoesNotContain('\u001b', described);
    }

    [Fact]
    public void No_file_that_is_written_hands_them_on()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch.At("photos/cat"));
        Directory.CreateDirectory(scratch.At("odd/\u001b[31mred"));
        scratch.Write("photos/cat/\u001b[2J1.ppm", [.. "P6 4 4 255\n"u8, .. new byte[48]]);
        scratch.Write("odd/\u001b[31mred/1.ppm", [.. "P6 4 4 255\n"u8, .. new byte[48]]);

        Command.Succeed("convert", scratch.At("photos"), scratch.At("copies"));

        Assert.Contains("\uFFFD[2J1.ppm", File.ReadAllText(scratch.At("copies/metadata.csv")));
        Assert.Contains("cat: 1", Command.Succeed("info", scratch.At("copies")).Output);
        // A class that would be called otherwise in its table than in its folder is refused.
        Assert.Contains("holds control characters", Command.Complaint(1, "convert", scratch.At("odd"), scratch.At("others")));
    }

    [Fact]
    public void On_a_screen_sentences_go_on_below_between_words_and_commands_stay_whole()
    {
        using var screen = new SizedWriter(20) { NewLine = "\n" };
        using var writer = new PrintableWriter(screen);

        writer.WriteLine("It leans on the colour of 99.5% of images.");
        writer.WriteLine("  right: 10.7% (7.7 to 14.7)");
        writer.WriteLine("pentimento audit bird.onnx --data photos");

        Assert.Equal(
            """
            It leans on the
            colour of 99.5% of
            images.
              right: 10.7%
                (7.7 to 14.7)
            pentimento audit bird.onnx --data photos

            """,
            screen.ToString());
    }

    [Fact]
    public void Lines_stay_lines()
    {
        using var inner = new StringWriter { NewLine = "\n" };
        using var writer = new PrintableWriter(inner) { NewLine = "\n" };

        writer.WriteLine("one\n\ttwo");
        writer.Write('\a');
        writer.Write("three".ToCharArray(), 0, 5);

        Assert.Equal("one\n\ttwo\n\uFFFDthree", inner.ToString());
    }
}
