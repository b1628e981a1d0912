using Pentimento.Attacks;
using Pentimento.Foundation.Configuration;
using Pentimento.Reports.Figures;

namespace Pentimento.Reports;

/// <summary>The pictures of a comparison of networks under attack, written as they come.</summary>
/// <param name="folder">Where they go.</param>
/// <param name="run">Hears about progress.</param>
public sealed class AttackAlbum(string folder, RunContext run)
{
    private readonly List<string> files = [];
    private readonly List<AttackPictures> shown = [];
    private string title = "";
    private int[] places = [];

    /// <summary>What was written.</summary>
    public IReadOnlyList<string> Files => files;

    /// <summary>Takes one network's images; networks that follow each other under the same attack share a picture, of the images that the
    /// first chose.</summary>
    public void Add(AttackedImages cloak)
    {
        var task = $"{cloak.Task}".Replace(':', '-');
        var now = $"{Catalog.Write(cloak.Attack).Split(':')[0]}-{task}";
        if (now != title) (title, places) = (now, Begin(cloak));
        if (places.Length == 0) return;
        shown.Add(AttackPictures.Of(cloak, places, run));
        Save(AttackTables.Changes($"changes-{title}", shown));
        Save(AttackTables.Gradients($"gradients-{title}", shown));
    }

    /// <summary>Draws what the attacks that look for the smallest change have found.</summary>
    public void AddBudgets(Comparison comparison)
    {
        foreach (
            var group in comparison
                .Rows.Where(row => row.Result.RobustnessCurve is not null)
                .GroupBy(row => (Attack: row.Result.Attack.Split(':')[0], row.Result.Source, row.Result.Criterion)))
        {
            var name = $"{group.Key.Attack}-{(group.Key.Source is { } source ? $"{source}-" : "")}{group.Key.Criterion}";
            var budgets = group.Select(row => (row.Network, row.Result.RobustnessCurve!)).ToList();
            Save(new RobustnessCurves(name, budgets));
            Save(new RobustnessBars(name, budgets));
        }
    }

    private int[] Begin(AttackedImages cloak)
    {
        shown.Clear();
        return AttackPictures.Choose(cloak.Set, cloak.Outcome);
    }

    private void Save(Figure figure)
    {
        figure.Save(folder);
        var file = Path.Combine(folder, $"{figure.Name}.png");
        if (!files.Contains(file)) files.Add(file);
    }
}
