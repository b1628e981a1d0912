namespace Pentimento.Experiments;

/// <summary>The order of a graph's steps: each step's layer comes after the layers of all steps that it needs.</summary>
internal sealed class StepLayers
{
    private readonly Dictionary<string, int> places;
    private readonly ILookup<int, int> members;

    /// <summary>Finds the order.</summary>
    /// <exception cref="BadInputException">Two steps share a name, one needs what is not there, or they wait for each other.</exception>
    public StepLayers(IReadOnlyList<Step> plan)
    {
        Plan = plan;
        var twice = plan.GroupBy(step => step.Name).FirstOrDefault(group => group.Count() > 1)?.Key;
        Require.That(twice is null, $"Two steps are called '{twice}'.");
        places = plan.Select((step, at) => (step.Name, at)).ToDictionary(pair => pair.Name, pair => pair.at);
        var (lost, missing) = plan.SelectMany(step => step.After.Select(name => (step.Name, name)))
            .FirstOrDefault(pair => !places.ContainsKey(pair.name));
        Require.That(missing is null, $"The step '{lost}' needs the step '{missing}'; {Names.Suggest(missing ?? "", places.Keys)}");
        Needs = [.. plan.Select(step => step.After.Select(name => places[name]).Distinct().ToArray())];
        Followers = FollowersOf();
        Layers = Sort();
        members = Enumerable.Range(0, plan.Count).ToLookup(at => Layers[at]);
    }

    /// <summary>The steps, in the recipe's order.</summary>
    public IReadOnlyList<Step> Plan { get; }

    /// <summary>For each step the places of those that it needs.</summary>
    public IReadOnlyList<int[]> Needs { get; }

    /// <summary>For each step the places of those that need it.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Followers { get; }

    /// <summary>For each step its layer, from 0.</summary>
    public IReadOnlyList<int> Layers { get; }

    /// <summary>How many layers there are.</summary>
    public int Count => Layers.Count == 0 ? 0 : Layers.Max() + 1;

    /// <summary>The steps of a layer, in the recipe's order.</summary>
    public IReadOnlyList<int> Of(int layer) => [.. members[layer]];

    /// <summary>The place of a step.</summary>
    public int PlaceOf(string name) => places[name];

    private List<int>[] FollowersOf()
    {
        var followers = Plan.Select(_ => new List<int>()).ToArray();
        for (var at = 0; at < Needs.Count; at++)
        {
            foreach (var need in Needs[at]) followers[need].Add(at);
        }

        return followers;
    }

    private int[] Sort()
    {
        var layers = new int[Plan.Count];
        var missing = Needs.Select(needs => needs.Length).ToArray();
        var ready = new Queue<int>(Enumerable.Range(0, Plan.Count).Where(at => missing[at] == 0));
        var sorted = 0;
        for (; ready.TryDequeue(out var at); sorted++)
        {
            foreach (var follower in Followers[at])
            {
                layers[follower] = Math.Max(layers[follower], layers[at] + 1);
                if (--missing[follower] == 0) ready.Enqueue(follower);
            }
        }

        var circle = Enumerable.Range(0, Plan.Count).Where(at => missing[at] > 0).Select(at => Plan[at].Name);
        Require.That(sorted == Plan.Count, $"The steps {string.Join(", ", circle)} wait for each other.");
        return layers;
    }
}
