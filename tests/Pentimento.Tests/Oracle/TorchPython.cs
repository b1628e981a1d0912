using System.Diagnostics;
using System.Text;

namespace Pentimento.Tests;

/// <summary>A process of Debian's PyTorch that runs scripts of this folder, one after the other.</summary>
public sealed class TorchPython : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private readonly StringBuilder errors = new();
    private Process? process;

    /// <summary>Runs a script; the test is skipped where PyTorch is not there.</summary>
    /// <param name="script">The script's name.</param>
    /// <param name="arguments">What its main takes.</param>
    public void Run(string script, params string[] arguments)
    {
        Assert.SkipUnless(
            Directory.Exists("/usr/lib/python3/dist-packages/torchvision"),
            "PyTorch is not there to compare with: apt-get install python3-torchvision python3-onnx.");
        process ??= Start();
        process.StandardInput.WriteLine(string.Join('\t', arguments.Prepend(script)));
        // What the script itself prints is passed over.
        string? line;
        do line = process.StandardOutput.ReadLine(); while (line is not (null or "done"));
        if (line is not null) return;
        Dispose();
        Assert.Fail(errors.ToString());
    }

    public void Dispose()
    {
        process?.StandardInput.Close();
        process?.WaitForExit();
        process?.Dispose();
        process = null;
    }

    private Process Start()
    {
        var started = Process.Start(new ProcessStartInfo(Python, ["-B", Oracle.At("serve.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        errors.Clear();
        started.ErrorDataReceived += (_, said) => errors.AppendLine(said.Data);
        started.BeginErrorReadLine();
        return started;
    }
}
