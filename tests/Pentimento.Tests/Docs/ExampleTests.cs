using System.Diagnostics;

namespace Pentimento.Tests.Docs;

/// <summary>The programs of examples/, built and run as a reader would, on a few images.</summary>
public sealed class ExampleTests
{
    [Fact]
    public void Every_example_runs()
    {
        using var scratch = new Scratch();
        Assert.Contains("Another colour changes", Run(scratch, "train.cs", "600"), StringComparison.Ordinal);
        Assert.Contains("Painted in another colour", Run(scratch, "audit.cs", "lazy.safetensors", "gr_95z", "100"), StringComparison.Ordinal);
        Assert.Contains("Painted in another colour", File.ReadAllText(scratch.At("audit.html")), StringComparison.Ordinal);
        Assert.Contains("right answers turned", Run(scratch, "attack.cs", "lazy.safetensors", "40"), StringComparison.Ordinal);
    }

    private static string Run(Scratch scratch, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["run", Repository.At($"examples/{program}"), "--", .. arguments])
        {
            WorkingDirectory = scratch.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The build that runs this test must not steer the build of the example.
        foreach (
            var name in start
                .Environment.Keys.Where(name =>
                    name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
                    || name.StartsWith("TESTINGPLATFORM", StringComparison.OrdinalIgnoreCase))
                .ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {output}{error.Result}");
        return output;
    }
}
