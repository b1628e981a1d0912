using System.Diagnostics;

namespace Pentimento.Scale;

/// <summary>The table of docs/results/speed.md: what verbs take as images become more and larger. Each is a process of its own, so that its memory is
/// its own.</summary>
/// <param name="command">The program and its first arguments, as pentimento is started here.</param>
/// <param name="folder">Where images, networks and results are kept; what is there already is used again.</param>
internal sealed class Verbs(IReadOnlyList<string> command, string folder)
{
    private const string Digits = "digits";

    // The larger split: 60,000 of them.
    private const string Images = $"{Digits}:train";
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    /// <summary>Prints the table.</summary>
    /// <param name="counts">How many images.</param>
    /// <param name="sides">How large.</param>
    public void Print(IReadOnlyList<int> counts, IReadOnlyList<int> sides)
    {
        Directory.CreateDirectory(folder);
        if (!Directory.Exists(At(Digits)))
        {
            Run("build", "rg_95z", "--limit", $"{counts.Max()}", "--out", "painted");
            Run("convert", "painted/rg_95z", Digits);
        }

        Console.WriteLine("| verb | pixels | images | seconds | of processor | most memory, MB |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var side in sides)
        {
            var model = At($"cnn3-{side}.safetensors");
            if (!File.Exists(model)) Run("train", "--data", Digits, "--size", $"{side}", "--limit", "500", "--epochs", "1", "--out", model);
            foreach (var (verb, rest) in Of(model))
            {
                foreach (var count in counts)
                {
                    var (seconds, processor, memory) = Run([verb, .. rest, "--limit", $"{count}"]);
                    Console.WriteLine($"| `{verb}` | {side} | {count:N0} | {seconds:0.0} | {processor:0.0} | {memory >> 20:N0} |");
                }
            }
        }
    }

    private static IEnumerable<(string Verb, string[] Others)> Of(string model) =>
    [
        ("evaluate", [model, "--data", Images]),
        ("audit", [model, "--data", Images, "--cue", "brightness"]),
        ("discover", [model, "--data", Images]),
        ("probe", [model, "--data", Images, "--evaluate", Images, "--grey", "none", "--permutations", "50", "--out", "probed"]),
        ("decompose", [model, "--data", Images, "--epochs", "1", "--out", "features.safetensors"]),
        ("repair", [model, "--data", Images, "--attribute", "color", "--methods", "last-layer-retraining", "--epochs", "1", "--own", Images]),
    ];

    private string At(string name) => Path.Combine(folder, name);

    private (double Seconds, double Processor, long Memory) Run(params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        var last = "";
        process.ErrorDataReceived += (_, line) => last = line.Data ?? last;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var (processor, memory) = (TimeSpan.Zero, 0L);
        while (!process.WaitForExit(Breath))
        {
            process.Refresh();
            try
            {
                (processor, memory) = (process.TotalProcessorTime, Math.Max(memory, process.WorkingSet64));
            }
            catch (InvalidOperationException)
            {
                // It came to its end between the two questions.
            }
        }

        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', arguments)}: {last}");
        return (watch.Elapsed.TotalSeconds, processor.TotalSeconds, memory);
    }
}
