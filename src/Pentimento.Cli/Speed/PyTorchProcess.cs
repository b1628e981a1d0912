using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Pentimento.Cli.Speed;

/// <summary>A Python process that does the same work in plain PyTorch, one round at a time.</summary>
internal sealed class PyTorchProcess : IDisposable
{
    private const string Script = "peers.py";
    private readonly Process process;

    private PyTorchProcess(Process process, string name) => (this.process, Name) = (process, name);

    /// <summary>What it is, with its version.</summary>
    public string Name { get; }

    /// <summary>Starts it.</summary>
    /// <param name="python">The Python to run.</param>
    /// <param name="work">Which work: a function of the script.</param>
    /// <param name="threads">The number of CPU threads.</param>
    /// <returns>Null where this Python has no PyTorch, or none is there.</returns>
    public static PyTorchProcess? Start(string python, string work, int threads)
    {
        var start = new ProcessStartInfo(python) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-c", Text(), work, $"{threads}"]) start.ArgumentList.Add(argument);
        try
        {
            var process = Process.Start(start)!;
            process.BeginErrorReadLine();
            if (process.StandardOutput.ReadLine() is { } name) return new(process, name);
            process.Dispose();
            return null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Has the work done once, and tells its seconds.</summary>
    /// <exception cref="BadInputException">It came to an end.</exception>
    public double Seconds()
    {
        process.StandardInput.WriteLine();
        process.StandardInput.Flush();
        var answer = process.StandardOutput.ReadLine();
        Require.That(
            double.TryParse(answer, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds),
            $"{Name} stopped in the middle of its work; leave it out with --python none.");
        return seconds;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    private static string Text()
    {
        using var stream = typeof(PyTorchProcess).Assembly.GetManifestResourceStream(Script)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
