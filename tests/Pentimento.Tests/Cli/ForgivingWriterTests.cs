using Pentimento.Cli.Terminal;

namespace Pentimento.Tests.Cli;

public sealed class ForgivingWriterTests
{
    [Fact]
    public void A_standard_error_that_breaks_is_left_alone_from_then_on()
    {
        var full = new Full();
        using var writer = new ForgivingWriter(full);

        writer.WriteLine("one");
        writer.Write('x');
        writer.Flush();

        Assert.Equal(1, full.Tries);
    }

    private sealed class Full : StringWriter
    {
        public int Tries { get; private set; }

        public override void Write(string? value)
        {
            Tries++;
            throw new IOException("no space left on device");
        }

        public override void Write(char value) => Write($"{value}");

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));
    }
}
