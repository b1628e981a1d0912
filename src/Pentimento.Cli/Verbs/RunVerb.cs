using Pentimento.Cli.Terminal;
using Pentimento.Experiments;
using Pentimento.Reports;

namespace Pentimento.Cli.Verbs;

/// <summary><c>run [RECIPE]</c>: the whole story.</summary>
internal static class RunVerb
{
    private sealed record Result(string Run, string Report, Results Results);

    public static Verb Create(Host host)
    {
        var recipe = new Argument<string>("RECIPE") { Description = "A recipe's file, or the name of one that comes along.", DefaultValueFactory = _ => "quick" };
        var folder = new Option<string?>("--out") { Description = "The run's folder; one that is begun is continued (default: a new one in runs/).", HelpName = "FOLDER" };
        var verb = new Verb("run", "Tells the whole story: paints a biased canvas, trains a network that cheats, proves it, repairs it, looks inside, attacks both, and writes a page.",
            """
            Interrupted, it continues with the same --out.

            Examples:
              pentimento run
              pentimento run recipes/quick.yaml --out runs/first
            """) { recipe, folder };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            var read = Recipe.Read(parsed.GetValue(recipe)!);
            if (session.Seed is { } seed) read = read with { Seed = seed };
            var place = Path.GetFullPath(parsed.GetValue(folder) ?? Path.Combine("runs", $"{read.Name}-{TimeProvider.System.GetLocalNow():yyyyMMdd-HHmmss}"));
            try
            {
                return session.Answer(torch: true, run =>
                {
                    var begun = new RunFolder(place);
                    var results = new Story(read, begun, session.Library, run).Run();
                    return new Result(place, ReportPage.Write(begun), results);
                }, Print);
            }
            catch (OperationCanceledException)
            {
                session.Error.WriteLine($"Finished stages are kept. Continue with: pentimento run {Path.Combine(place, "recipe.yaml")} --out {place}");
                throw;
            }
        });
        return verb;
    }

    private static void Print(Result result, TextWriter output)
    {
        string Line(string network) => $"{Tables.Percent(result.Results.Of(network, 0).Accuracy)} on its own distribution, {Tables.Percent(result.Results.Of(network, 1).Accuracy)} with reversed colours";
        var split = result.Results.Split;
        output.WriteLine($"Lazy network:      {Line("lazy")}.");
        output.WriteLine($"Repaired network:  {Line("repaired")}.");
        output.WriteLine($"Environments:      {split.Wrong:N0} of {split.Right + split.Wrong:N0} images contradict the lazy network ({Tables.Percent(split.Precision)} of them wear an unusual colour); no colour label was used.");
        output.WriteLine($"Attack:            {string.Join("; ", result.Results.Attacks.Select(attack => $"{attack.Network}{(attack.Result.Target is { } target ? $" {attack.Result.Source} to {target}" : "")} {Tables.Percent(attack.Result.SuccessRate)}"))} fooled.");
        output.WriteLine($"The page:          {result.Report}");
    }
}
