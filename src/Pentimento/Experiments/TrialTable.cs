using System.Globalization;

namespace Pentimento.Experiments;

/// <summary>A sweep's trials as CSV, one a line.</summary>
internal static class TrialTable
{
    /// <summary>Writes the table.</summary>
    public static void Write(string file, Sweep sweep, IReadOnlyList<TrialResult> results)
    {
        var columns = results[0]
            .Settings.Keys.Concat(["kept", "score"])
            .Concat(sweep.Validate.Select(name => $"held-out {name}"))
            .Concat(sweep.Evaluate.SelectMany(name => new[] { name, $"{name} low", $"{name} high" }))
            .Append("failure");
        var rows = results.Select(trial =>
            trial
                .Settings.Values.Append($"{trial.Kept}")
                .Append(Number(trial.Score))
                .Concat(sweep.Validate.Select((_, at) => Number(trial.Validations.ElementAtOrDefault(at)?.Accuracy)))
                .Concat(
                    sweep.Evaluate.SelectMany(
                        (_, at) =>
                            trial.Evaluations.ElementAtOrDefault(at) is { } set
                                ? new[] { Number(set.Accuracy), Number(set.Low), Number(set.High) }
                                : ["", "", ""]))
                .Append(trial.Failure ?? ""));
        SafeFile.Write(file, Csv.Text(rows.Prepend(columns), "\n"));
    }

    private static string Number(double? value) => value is { } known ? known.ToString("0.######", CultureInfo.InvariantCulture) : "";
}
