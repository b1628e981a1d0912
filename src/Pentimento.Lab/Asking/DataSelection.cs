using Microsoft.AspNetCore.Http;

namespace Pentimento.Lab.Asking;

/// <summary>Images of the set that a filter leaves.</summary>
/// <param name="Label">Of this class alone, or of all.</param>
/// <param name="Answer">By what the networks answer: right, wrong, apart, or empty for all.</param>
/// <param name="Page">The page that is shown, from 0 on.</param>
/// <param name="Places">The places of the images.</param>
public sealed record DataSelection(long? Label, string Answer, int Page, IReadOnlyList<int> Places)
{
    /// <summary>How many images a page shows.</summary>
    public const int PageSize = 60;

    /// <summary>Reads the filter off an address.</summary>
    public static DataSelection Of(Workbench bench, IQueryCollection query)
    {
        var set = bench.RequireImages();
        var predictions = bench.Networks.Select(bench.PredictionsOf).ToList();
        var label = long.TryParse(query["class"], out var number) ? number : (long?)null;
        var answer = query["answer"].ToString();
        var page = int.TryParse(query["page"], out var asked) ? Math.Max(0, asked) : 0;
        return new(label, answer, page, [.. Enumerable.Range(0, set.Count).Where(at => (label is null || set.Labels[at] == label) && Matches(at))]);

        bool Matches(int at) => answer switch
        {
            "right" => predictions.All(network => network.Correct[at]),
            "wrong" => predictions.Any(network => !network.Correct[at]),
            "apart" => predictions.Select(network => network.Classes[at]).Distinct().Count() > 1,
            _ => true,
        };
    }

    /// <summary>The selection as comma-separated values: place, class, and each network's prediction.</summary>
    public string ToCsv(Workbench bench)
    {
        var set = bench.RequireImages();
        string Name(long label) => bench.ClassName(bench.Networks[0].Network, label);
        string[] heading = ["place", "class", .. bench.Networks.Select(network => network.Name)];
        return Csv.Text(Places.Select(at => (IEnumerable<string>)
        [
            $"{at}", Name(set.Labels[at]), .. bench.Networks.Select(network => Name(bench.PredictionsOf(network).Classes[at])),
        ]).Prepend(heading));
    }
}
