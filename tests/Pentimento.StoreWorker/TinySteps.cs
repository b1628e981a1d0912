using System.Globalization;
using Pentimento.Experiments;
using Pentimento.Foundation;

namespace Pentimento.StoreWorker;

/// <summary>
/// Steps that square their number. Every tenth needs the one before it. A file in <c>faults/</c> of a step's name makes its first attempt fail.
/// </summary>
internal static class TinySteps
{
    /// <summary>Waits until it is told to stop.</summary>
    public const string Hang = "hang";

    /// <summary>Ends the process at once.</summary>
    public const string Die = "die";

    /// <summary>Writes to a disk that is full.</summary>
    public const string Full = "full";

    /// <summary>Fails as an input does that cannot be used, at every attempt.</summary>
    public const string Refuse = "refuse";

    private const int DiesWith = 9;

    /// <summary>The steps of a store.</summary>
    public static IReadOnlyList<Step> Plan(string folder, int count) =>
    [
        .. Enumerable.Range(0, count).Select(at => new ComputedStep(
            NameOf(at), at > 0 && at % 10 == 0 ? [NameOf(at - 1)] : [], [$"{at}"], (_, place, run) => Square(folder, at, place, run))),
    ];

    /// <summary>What a step is called.</summary>
    public static string NameOf(int at) => $"tiny-{at}";

    /// <summary>How many steps a store has.</summary>
    public static int Count(string folder) => int.Parse(File.ReadAllText(Path.Combine(folder, "count")), CultureInfo.InvariantCulture);

    /// <summary>Begins a store of steps.</summary>
    public static void Begin(string folder, int count, params (int At, string Fault)[] faults)
    {
        Directory.CreateDirectory(Path.Combine(folder, "faults"));
        File.WriteAllText(Path.Combine(folder, "count"), $"{count}");
        foreach (var (at, fault) in faults) File.WriteAllText(Path.Combine(folder, "faults", NameOf(at)), fault);
    }

    private static object Square(string folder, int at, string place, RunContext run)
    {
        // One file for each time that a step is worked on.
        Directory.CreateDirectory(Path.Combine(folder, "worked"));
        File.WriteAllText(Path.Combine(folder, "worked", $"{at}.{Guid.NewGuid():N}"), "");
        Fail(Path.Combine(folder, "faults", NameOf(at)), run);
        SafeFile.Write(Path.Combine(place, "square.txt"), $"{at * at}");
        Thread.Sleep(2);
        return new { At = at, Square = at * at };
    }

    private static void Fail(string file, RunContext run)
    {
        if (!File.Exists(file)) return;
        var fault = File.ReadAllText(file);
        if (fault == Refuse) throw new BadInputException("The number is refused.");
        File.Move(file, $"{file}.begun");
        switch (fault)
        {
            case Hang:
                run.Cancel.WaitHandle.WaitOne(TimeSpan.FromMinutes(10));
                run.Cancel.ThrowIfCancellationRequested();
                break;
            case Die:
                Environment.Exit(DiesWith);
                break;
            case Full:
                File.WriteAllText("/dev/full", "a disk without room");
                break;
        }
    }
}
