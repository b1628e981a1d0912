using Pentimento.Attacks;

namespace Pentimento.Reports.Figures;

/// <summary>The figures of a comparison of networks under attack, written into a folder.</summary>
/// <param name="folder">Where they go.</param>
internal sealed class AttackFigures(string folder)
{
    private readonly List<string> files = [];

    /// <summary>What was written.</summary>
    public IReadOnlyList<string> Files => files;

    /// <summary>Draws the images of each attack and task, all networks in one figure.</summary>
    public void Add(IReadOnlyList<AttackSamples> samples)
    {
        foreach (var group in samples.GroupBy(sample => sample.Title))
        {
            IReadOnlyList<AttackSamples> networks = [.. group];
            Save(AttackTables.Changes($"changes-{group.Key}", networks));
            Save(AttackTables.Gradients($"gradients-{group.Key}", networks));
        }
    }

    /// <summary>Draws the robustness curves of the attacks that look for the smallest perturbation.</summary>
    public void AddCurves(IReadOnlyList<(string Network, AttackResult Result)> results)
    {
        foreach (
            var group in results
                .Where(entry => entry.Result.RobustnessCurve is not null)
                .GroupBy(entry => AttackSamples.TitleOf(entry.Result.Attack, new(entry.Result.Source, entry.Result.Criterion))))
        {
            var curves = group.Select(entry => (entry.Network, entry.Result.RobustnessCurve!)).ToList();
            Save(new RobustnessCurves(group.Key, curves));
            Save(new RobustnessBars(group.Key, curves));
        }
    }

    private void Save(Figure figure)
    {
        figure.Save(folder);
        files.Add(Path.Combine(folder, $"{figure.Name}.png"));
    }
}
