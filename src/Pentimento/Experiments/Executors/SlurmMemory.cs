using System.Globalization;

namespace Pentimento.Experiments.Executors;

/// <summary>Slurm's way of writing memory: a whole number with K, M, G or T behind it.</summary>
internal static class SlurmMemory
{
    /// <summary>Twice as much; empty for the partition's.</summary>
    /// <exception cref="BadInputException">It is no amount.</exception>
    public static string Doubled(string memory)
    {
        if (memory.Length == 0) return "";
        var unit = char.IsDigit(memory[^1]) ? "" : memory[^1..];
        var known = long.TryParse(memory[..^unit.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
        Require.That(
            known && unit.ToUpperInvariant() is "" or "K" or "M" or "G" or "T",
            $"slurm: memory={memory} is no amount; expected 8G or 512M.");
        return $"{2 * number}{unit}";
    }
}
