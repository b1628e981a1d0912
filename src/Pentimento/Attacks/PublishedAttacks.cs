using Pentimento.Foundation.Configuration;

namespace Pentimento.Attacks;

/// <summary>The published success rates of the report that this software implements, with the attacks and tasks to reproduce them.</summary>
/// <remarks>Gupta, "Computer Vision", "The Invisible Cloak": 500 images at ε 0.05, a lazy and a robust network, untargeted and 7 to
/// 3.</remarks>
internal static class PublishedAttacks
{
    /// <summary>The number of images attacked.</summary>
    public const int Images = 500;

    private static readonly (string Attack, string Task, double Lazy, double Robust)[] Figures =
    [
        ("fgsm", "any", 0.996, 0.064), ("fgsm", "7:3", 0.130, 0.020),
        ("pgd", "any", 1.000, 0.060), ("pgd", "7:3", 0.256, 0.020),
        ("carlini-wagner", "any", 0.988, 0.074), ("carlini-wagner", "7:3", 0.406, 0.022),
    ];

    /// <summary>The attacks; the last "does not start by assuming an epsilon". The report's step sizes are not known.</summary>
    public static IReadOnlyList<Attack> Attacks { get; } =
        [new Fgsm(0.05), new Pgd(0.05, 0.01, 40), new CarliniWagner(Searches: 6, Steps: 200, LearningRate: 0.01, Constant: 0.1)];

    /// <summary>The tasks: source classes and criteria.</summary>
    public static IReadOnlyList<AttackTask> Tasks { get; } = [AttackTask.Parse("any"), AttackTask.Parse("7:3")];

    /// <summary>The success rate that was published, 0..1; null for what the report does not have.</summary>
    /// <param name="attack">The attack.</param>
    /// <param name="task">The task.</param>
    /// <param name="network">0 the lazy network, 1 the robust one.</param>
    public static double? Rate(Attack attack, AttackTask task, int network)
    {
        var name = Catalog.Write(attack).Split(':')[0];
        return Figures
            .Where(figure => figure.Attack == name && figure.Task == $"{task}")
            .Select(figure =>
                (double?)(
                    network switch
                    {
                        0 => figure.Lazy,
                        1 => figure.Robust,
                        _ => null,
                    }
                ))
            .FirstOrDefault();
    }
}
