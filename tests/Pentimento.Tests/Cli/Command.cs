using System.Text.Json.Nodes;
using Pentimento.Cli;

namespace Pentimento.Tests.Cli;

/// <summary>The command as a user runs it, in this process.</summary>
internal sealed record Command(int Code, string Output, string Error)
{
    public JsonNode Json => JsonNode.Parse(Output)!;

    public static Command Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        // The number of libtorch's threads is the process's: changed by one test, it would change other tests' sums.
        string[] alone =
            arguments is [var verb, ..] && !verb.StartsWith('-') && !arguments.Contains("--threads") ? [.. arguments, "--threads", "1"] : arguments;
        var code = CommandLine.Run(alone, output, error);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Fails the test with the command's own words if it did not succeed.</summary>
    public static Command Succeed(params string[] arguments)
    {
        var command = Run(arguments);
        Assert.True(command.Code == 0, $"pentimento {string.Join(' ', arguments)} ended with {command.Code}: {command.Error}");
        return command;
    }

    /// <summary>Fails the test unless the command ended with this code, one sentence and nothing on standard output.</summary>
    public static string Complaint(int code, params string[] arguments)
    {
        var command = Run(arguments);
        Assert.Equal(code, command.Code);
        Assert.Empty(command.Output);
        var complaint = Assert.Single(command.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
            line.StartsWith("pentimento: ", StringComparison.Ordinal));
        Assert.DoesNotContain("should not have happened", complaint, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", command.Error, StringComparison.Ordinal);
        return complaint;
    }
}
