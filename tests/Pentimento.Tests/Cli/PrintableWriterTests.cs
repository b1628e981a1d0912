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
