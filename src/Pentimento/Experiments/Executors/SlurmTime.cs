using System.Globalization;

namespace Pentimento.Experiments.Executors;

/// <summary>Slurm's way of writing a time: minutes, minutes:seconds, hours:minutes:seconds, and the same with days and a hyphen before.</summary>
internal static class SlurmTime
{
    private const int MinutesOfHour = 60;
    private const int MinutesOfDay = 24 * MinutesOfHour;

    /// <summary>The minutes; null where nothing is said or there is no limit.</summary>
    /// <exception cref="BadInputException">It is no time.</exception>
    public static double? Minutes(string time)
    {
        if (time.Length == 0 || time is "infinite" or "INFINITE" or "UNLIMITED") return null;
        var dash = time.Split('-', 2);
        var parts = dash[^1].Split(':').Select(Number).ToList();
        var days = dash.Length == 1 ? 0 : Number(dash[0]);
        Require.That(
            days >= 0 && parts.Count <= 3 && parts.All(part => part >= 0),
            $"slurm: time={time} is no time; expected 90, 90:00, 1:30:00 or 1-12:00:00.");
        // Behind days come hours, not minutes.
        if (dash.Length == 2)
            return (days * MinutesOfDay) + (parts[0] * MinutesOfHour) + parts.ElementAtOrDefault(1) + (parts.ElementAtOrDefault(2) / 60.0);
        return parts.Count switch
        {
            1 => parts[0],
            2 => parts[0] + (parts[1] / 60.0),
            _ => (parts[0] * MinutesOfHour) + parts[1] + (parts[2] / 60.0),
        };
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
