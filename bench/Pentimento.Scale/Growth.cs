
namespace Pentimento.Scale;

/// <summary>The table of docs/scale.md: clusters from one node to ten thousand, under two designs.</summary>
internal static class Growth
{
    private const int Seeds = 3;

    // Times of the sixty trainings of a sweep beside other work on two cores of an Intel Xeon, over their mean. The last is
    // that of the first training, which read the sets.
    private static readonly double[] Measured =
    [
        0.48, 0.54, 0.55, 0.55, 0.57, 0.58, 0.59, 0.6, 0.61, 0.61, 0.61, 0.62, 0.65, 0.66, 0.67, 0.68, 0.69, 0.7, 0.7, 0.71,
        0.72, 0.72, 0.73, 0.74, 0.74, 0.76, 0.76, 0.77, 0.77, 0.78, 0.78, 0.78, 0.78, 0.79, 0.85, 0.86, 0.88, 0.88, 0.92, 0.96,
        0.97, 0.97, 0.98, 1.01, 1.03, 1.07, 1.09, 1.09, 1.12, 1.16, 1.21, 1.22, 1.26, 1.33, 1.35, 1.36, 1.36, 1.8, 1.82, 8.46,
    ];

    /// <summary>Prints the table.</summary>
    /// <param name="steps">How many steps there are.</param>
    public static void Print(int steps)
    {
        Console.WriteLine($"{steps:N0} steps of 60 s; mean of {Seeds} seeds");
        Console.WriteLine("| nodes | design | hours | efficiency | operations a second | waiting for the store |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var nodes in (int[])[1, 10, 100, 1000, 10_000])
        {
            foreach (var design in (Design[])[new("all journals", true), new("marked shares", false)])
            {
                var outcomes = Enumerable.Range(1, Seeds)
                    .Select(seed => new Simulation(new(nodes, steps), design, Measured, new((ulong)seed)).Run()).ToList();
                var seconds = outcomes.Average(outcome => outcome.Seconds);
                Console.WriteLine(
                    $"| {nodes:N0} | {design.Name} | {seconds / 3600:0.00} | {100 * outcomes.Average(outcome => outcome.Efficiency):0.0}% | "
                        + $"{outcomes.Average(outcome => outcome.Operations / outcome.Seconds):N0} | "
                        + $"{100 * outcomes.Average(outcome => outcome.Waiting):0.0}% |");
            }
        }
    }
}
