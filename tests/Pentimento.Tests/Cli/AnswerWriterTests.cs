using Pentimento.Cli;
using Pentimento.Cli.Terminal;

namespace Pentimento.Tests.Cli;

public sealed class AnswerWriterTests
{
    [Theory]
    [InlineData("list")]
    [InlineData("list", "--json")]
    [InlineData("--help")]
    public void A_full_standard_output_is_said_in_one_sentence(params string[] arguments)
    {
        using var output = new AnswerWriter(new Full());
        using var error = new StringWriter();

        Assert.Equal(1, CommandLine.Run(arguments, output, error));
        Assert.Equal("pentimento: the answer could not be written to standard output: no space left on device", error.ToString().Trim());
    }

    [Fact]
    public void Files_that_options_name_stand_in_the_json()
    {
        using var scratch = new Scratch();

        var answer = Command.Succeed(
            "attack", Oracle.At("weights.npz"), "--network", "cnn3", "--data", Oracle.At("images.npz"), "--limit", "4", "--with", "fgsm",
            "--save", scratch.At("fooled.npz"), "--json").Json;

        Assert.Equal(scratch.At("fooled.npz"), Assert.Single(answer["written"]!.AsArray())!.GetValue<string>());
        Assert.True(File.Exists(scratch.At("fooled.npz")));
    }

    private sealed class Full : StringWriter
    {
        public override void Write(string? value) => throw new IOException("no space left on device");

        public override void Write(char value) => Write($"{value}");

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));
    }
}
