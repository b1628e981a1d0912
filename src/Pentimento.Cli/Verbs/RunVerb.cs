using Pentimento.Cli.Terminal;
using Pentimento.Experiments;
using Pentimento.Reports;
using Pentimento.Studies;

namespace Pentimento.Cli.Verbs;

/// <summary><c>run [RECIPE]</c>: the whole story.</summary>
internal static class RunVerb
{
    private sealed record Result(string Run, string Report, Results Results);

    private sealed record StudyResult(string Run, string Report, StudyFindings Results);

    private sealed record StudyFindings(IReadOnlyList<Claim> Claims);

    public static Verb Create(Host host)
    {
        var recipe = new Argument<string>("RECIPE")
        {
            Description = "A recipe's file, or the name of one that comes along.",
            DefaultValueFactory = _ => "quick",
        };
        var folder = new Option<string?>("--out")
        {
            Description = "The run's folder; one that is begun is continued (default: a new one in runs/).",
            HelpName = "FOLDER",
        };
        var verb = new Verb(
            "run",
            "Tells the whole story: paints a biased canvas, trains a network that cheats, proves it, repairs it, looks inside, attacks both, and "
                + "writes a page.",
            """
            Interrupted, it continues with the same --out. 'study' goes through the whole seed report,
                at full size and with a verdict on each of its claims,
            in an hour or more.

            Examples:
              pentimento run
              pentimento run recipes/quick.yaml --out runs/first
              pentimento run study --out runs/study
            """) { recipe, folder };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            var name = parsed.GetValue(recipe)!;
            var study = StudyRecipe.Is(name) ? StudyRecipe.Read(name) : null;
            var story = study is null ? Recipe.Read(name) : null;
            if (session.Seed is { } seed)
                (study, story) = (study is null ? null : study with { Seed = seed }, story is null ? null : story with { Seed = seed });
            var place = Path.GetFullPath(
                parsed.GetValue(folder) ?? Path.Combine("runs", $"{study?.Name ?? story!.Name}-{TimeProvider.System.GetLocalNow():yyyyMMdd-HHmmss}"));
            try
            {
                return study is not null
                    ? session.Answer(torch: true, run =>
                    {
                        var found = Study.Run(study, place, session.Library, run, session.Threads);
                        return new StudyResult(place, StudyPage.Write(new(place)), new([.. found.Claims.Select(entry => entry.Claim)]));
                    }, Print)
                    : session.Answer(torch: true, run =>
                    {
                        var results = RecipeRun.Run(story!, place, run);
                        return new Result(place, ReportPage.Write(new(place)), results);
                    }, Print);
            }
            catch (OperationCanceledException)
            {
                session.Error.WriteLine(
                    $"Finished steps are kept. Continue with: pentimento run {Path.Combine(place, "recipe.yaml")} --out {place}");
                throw;
            }
        });
        return verb;
    }

    private static void Print(StudyResult result, TextWriter output)
    {
        Tables.Write(
            output,
            ["the report says", "verdict"],
            result.Results.Claims.Select(claim => (IReadOnlyList<string>)[claim.Said, claim.Ruling.Words()]));
        output.WriteLine($"The page:          {result.Report}");
    }

    private static void Print(Result result, TextWriter output)
    {
        string Line(string network) =>
            $"{Tables.Percent(result.Results.Of(network, 0).Accuracy)} on its own distribution, "
                + $"{Tables.Percent(result.Results.Of(network, 1).Accuracy)} with reversed colours";
        string Repainted(NetworkAudit audit) =>
            $"{audit.Network} {Tables.Percent(audit.Recoloring.FlipRate)} ({Tables.Percent(audit.Recoloring.Low)} to "
                + $"{Tables.Percent(audit.Recoloring.High)})";
        var split = result.Results.Split;
        output.WriteLine($"Lazy network:      {Line("lazy")}.");
        output.WriteLine($"Repaired network:  {Line("repaired")}.");
        output.WriteLine(
            $"Repainted:         {string.Join(", ", result.Results.Audit.Select(Repainted))} of answers change when the same digit wears another "
                + $"colour."
        );
        output.WriteLine(
            $"Environments:      {split.Wrong:N0} of {split.Correct + split.Wrong:N0} images contradict the lazy network "
                + $"({Tables.Percent(split.Precision)} of them wear an unusual colour); no colour label was used."
        );
        output.WriteLine(
            $"Attack:            {string.Join("; ", result.Results.Attacks.Select(attack => $"{attack.Network}{(
                attack.Result.Target is { } target
                ? $" {attack.Result.Source} to {target}" : "")} {Tables.Percent(attack.Result.SuccessRate)}"))} fooled."
        );
        output.WriteLine($"The page:          {result.Report}");
    }
}
