using System.Globalization;
using System.Text.RegularExpressions;

namespace Pentimento.Lab.Jobs;

/// <summary>The last report of a job's progress, and the curves of the figures that its reports have named so far.</summary>
internal sealed partial class CurveRecorder
{
    // A curve of more points is drawn no better.
    private const int MostPoints = 240;
    private const int MostCurves = 8;

    private readonly Lock access = new();
    private readonly Dictionary<string, List<double[]>> curves = [];

    /// <summary>The last report.</summary>
    public Progress Last { get; private set; }

    /// <summary>The curves, in the order in which they began.</summary>
    public IReadOnlyList<JobCurve> Curves
    {
        get
        {
            lock (access) return [.. curves.Where(curve => curve.Value.Count > 1).Select(curve => new JobCurve(curve.Key, [.. curve.Value]))];
        }
    }

    /// <summary>Takes a report.</summary>
    public void Add(Progress report)
    {
        lock (access)
        {
            Last = report;
            var figure = Figure().Match(report.Note);
            if (!figure.Success || report.Total <= 0) return;
            // Before the last colon stands which step of how many it is.
            var stage = report.Stage[(report.Stage.LastIndexOf(": ", StringComparison.Ordinal) is var at and >= 0 ? at + 2 : 0)..];
            var name = $"{stage}, {figure.Groups["name"].Value}";
            if (!curves.TryGetValue(name, out var points))
            {
                if (curves.Count == MostCurves) return;
                curves[name] = points = [];
            }

            points.Add([(double)report.Done / report.Total, double.Parse(figure.Groups["value"].Value, CultureInfo.InvariantCulture)]);
            if (points.Count > MostPoints) curves[name] = [.. points.Where((_, at) => at % 2 == 0 || at == points.Count - 1)];
        }
    }

    // What a note says last, as in "epoch 2 of 3, loss 0.024".
    [GeneratedRegex(@"(?<name>[\p{L}][\p{L} -]*) (?<value>-?\d+(\.\d+)?(e-?\d+)?)%?\z")]
    private static partial Regex Figure();
}
