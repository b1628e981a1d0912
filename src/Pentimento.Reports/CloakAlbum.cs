using Pentimento.Attacks;
using Pentimento.Reports.Figures;

namespace Pentimento.Reports;

/// <summary>The pictures of a comparison of networks under attack, written as they come.</summary>
/// <param name="folder">Where they go.</param>
/// <param name="run">Hears about progress.</param>
public sealed class CloakAlbum(string folder, RunContext run)
{
    private readonly List<string> files = [];
    private readonly List<CloakedImages> shown = [];
    private string title = "";
    private int[] places = [];

    /// <summary>What was written.</summary>
    public IReadOnlyList<string> Files => files;

    /// <summary>Takes one network's images; networks that follow each other under the same attack share a picture, of the images that the first chose.</summary>
    public void Add(Cloak cloak)
    {
        var task = $"{cloak.Task}".Replace(':', '-');
        var now = $"{Catalog.Write(cloak.Attack).Split(':')[0]}-{task}";
        if (now != title) (title, places) = (now, Begin(cloak));
        if (places.Length == 0) return;
        shown.Add(CloakedImages.Of(cloak, places, run));
        Save(CloakTables.Changes($"changes-{title}", shown));
        Save(CloakTables.Gradients($"gradients-{title}", shown));
    }

    /// <summary>Draws what the attacks that look for the smallest change have found.</summary>
    public void AddBudgets(Comparison comparison)
    {
        foreach (var group in comparison.Rows.Where(row => row.Result.Budget is not null).GroupBy(row => (Attack: row.Result.Attack.Split(':')[0], row.Result.Source, row.Result.Goal)))
        {
            var name = $"{group.Key.Attack}-{(group.Key.Source is { } source ? $"{source}-" : "")}{group.Key.Goal}";
            var budgets = group.Select(row => (row.Network, row.Result.Budget!)).ToList();
            Save(new BudgetCurves(name, budgets));
            Save(new BudgetBars(name, budgets));
        }
    }

    private int[] Begin(Cloak cloak)
    {
        shown.Clear();
        return CloakedImages.Choose(cloak.Set, cloak.Outcome);
    }

    private void Save(Figure figure)
    {
        figure.Save(folder);
        var file = Path.Combine(folder, $"{figure.Name}.png");
        if (!files.Contains(file)) files.Add(file);
    }
}
