using System.Diagnostics;

namespace Pentimento.Tests;

/// <summary>Scripts that ask Debian's PyTorch.</summary>
internal static class TorchPython
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Runs a script of this folder; the test is skipped where PyTorch is not there.</summary>
    public static void Run(string script, params string[] arguments)
    {
        Assert.SkipUnless(
            Directory.Exists("/usr/lib/python3/dist-packages/torchvision"),
            "PyTorch is not there to compare with: apt-get install python3-torchvision python3-onnx.");
        var start = new ProcessStartInfo(Python) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in arguments.Prepend(Oracle.At(script))) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors + output.Result);
    }
}
