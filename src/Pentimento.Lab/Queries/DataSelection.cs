using Microsoft.AspNetCore.Http;
using Pentimento.Evaluation;

namespace Pentimento.Lab.Queries;

/// <summary>Images of the set that a filter leaves.</summary>
/// <param name="Label">Of this class alone, or of all.</param>
/// <param name="Answer">By what the networks answer: right, wrong, apart, doubt for labels that are perhaps mistakes, or empty for all.</param>
/// <param name="Group">Of this value of an attribute alone, as in <c>place=water</c>; empty for all.</param>
/// <param name="Page">The page that is shown, from 0 on.</param>
/// <param name="Places">The places of the images.</param>
public sealed record DataSelection(long? Label, string Answer, string Group, int Page, IReadOnlyList<int> Places)
{
    /// <summary>The groups of similar images on which a network fails, where they were asked for, each in a sentence.</summary>
    public IReadOnlyList<string> Slices { get; init; } = [];

    /// <summary>The place among them of the one that is shown; null where all images are.</summary>
    public int? Slice { get; init; }

    /// <summary>How many images a page shows.</summary>
    public const int PageSize = 60;

    private const int MostValues = 40;

    /// <summary>For each image of the set the class that all networks would give it instead of its label; -1 where they would not.</summary>
    public IReadOnlyList<long> SuspectLabels { get; init; } = [];

    /// <summary>The groups that can be asked for: the values of the attributes that a page can offer.</summary>
    public static IReadOnlyList<string> Groups(Workbench bench)
    {
        var set = bench.RequireImages();
        return [.. set.AttributeNames.SelectMany(name => set.AttributeOf(name).Distinct().Order().Take(MostValues)
            .Select(value => $"{name}={set.ValueName(name, value)}"))];
    }

    /// <summary>Reads the filter off an address.</summary>
    public static DataSelection Of(Workbench bench, IQueryCollection query)
    {
        var set = bench.RequireImages();
        var predictions = bench.Networks.Select(bench.PredictionsOf).ToList();
        var label = long.TryParse(query["class"], out var number) ? number : (long?)null;
        var answer = query["answer"].ToString();
        var group = query["group"].ToString();
        var doubts = LabelMistakes.Of(bench);
        var fits = Fitting(set, group);
        // They are looked for where somebody asks, for every network reads every image for it.
        var slices = query["slice"].ToString().Length > 0 ? FailureSlices.Of(bench) : [];
        var slice = int.TryParse(query["slice"], out var chosen) && chosen >= 0 && chosen < slices.Count ? chosen : (int?)null;
        var within = slice is { } one ? slices[one].Slice.Places.ToHashSet() : null;
        var page = int.TryParse(query["page"], out var asked) ? Math.Max(0, asked) : 0;
        var places = Enumerable.Range(0, set.Count)
            .Where(at => (label is null || set.Labels[at] == label) && fits(at) && (within?.Contains(at) ?? true) && Matches(at));
        return new(label, answer, group, page, [.. places])
        {
            SuspectLabels = doubts,
            Slices = [.. slices.Select(found => Sentence(found.Network, found.Slice))],
            Slice = slice,
        };

        bool Matches(int at) => answer switch
        {
            "right" => predictions.All(network => network.Correct[at]),
            "wrong" => predictions.Any(network => !network.Correct[at]),
            "doubt" => doubts[at] >= 0,
            "apart" => predictions.Select(network => network.Classes[at]).Distinct().Count() > 1,
            _ => true,
        };
    }

    private static string Sentence(string network, Discovery.Slice slice) =>
        $"{network}: {Numbers.Whole(slice.Count)} {slice.Description}; accuracy {Numbers.Percent(slice.Accuracy)} "
            + $"({Numbers.Interval(slice.Low, slice.High)})";

    /// <summary>Whether an image is of a group; all are where none is named, or one that the set has not.</summary>
    private static Func<int, bool> Fitting(Data.ImageSet set, string group)
    {
        var parts = group.Split('=', 2);
        if (parts.Length < 2 || !set.AttributeNames.Contains(parts[0])) return _ => true;
        var values = set.AttributeOf(parts[0]);
        return at => set.ValueName(parts[0], values[at]) == parts[1];
    }

    /// <summary>The selection as comma-separated values: place, file, class, the class that it perhaps is of, each network's prediction.</summary>
    public string ToCsv(Workbench bench)
    {
        var set = bench.RequireImages();
        string Name(long label) => bench.ClassName(bench.Networks[0].Network, label);
        string[] heading = ["place", "file", "class", "perhaps", .. bench.Networks.Select(network => network.Name)];
        return Csv.Text(Places.Select(at => (IEnumerable<string>)
        [
            $"{at}", set.Files.Count > 0 ? set.Files[at] : "", Name(set.Labels[at]), SuspectLabels[at] < 0 ? "" : Name(SuspectLabels[at]),
            .. bench.Networks.Select(network => Name(bench.PredictionsOf(network).Classes[at])),
        ]).Prepend(heading));
    }
}
