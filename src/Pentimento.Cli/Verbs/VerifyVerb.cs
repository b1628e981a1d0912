using Pentimento.Cli.Terminal;
using Pentimento.Experiments;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Cli.Verbs;

/// <summary><c>verify</c>: published numbers beside ours.</summary>
internal static class VerifyVerb
{
    private sealed record Result(string Run, IReadOnlyList<Check> Checks);

    public static Verb Create(Host host)
    {
        var names = new Argument<string[]>("CHECK")
        {
            Description = "Which published numbers, by name or its beginning (default: all).",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var seeds = new Option<int>("--seeds")
        {
            Description = "How many seeds each is measured with, from --seed (default: 1) on.",
            DefaultValueFactory = _ => 10,
            HelpName = "N",
        }.AtLeast(1);
        var limit = Common.Limit();
        var folder = new Option<string?>("--out")
        {
            Description = "The run's folder; one that is begun is continued (default: a new one in runs/).",
            HelpName = "FOLDER",
        };
        var verb = new Verb(
            "verify",
            "Measures published numbers again and says whether ours agree.",
            """
            Each number is measured on its own protocol, the benchmark painted and the network trained anew for every seed. A number agrees where our mean is within the
            spread that was published. Interrupted, it continues with the same --out. With --limit it only shows that everything runs.

            Examples:
              pentimento verify arjovsky --seeds 10
              pentimento verify rebias-vanilla-99 --seeds 3 --json
            """) { names, seeds, limit, folder };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            var known = Chosen(parsed.GetValue(names)!);
            var place = Path.GetFullPath(
                parsed.GetValue(folder) ?? Path.Combine("runs", $"verify-{TimeProvider.System.GetLocalNow():yyyyMMdd-HHmmss}"));
            try
            {
                return session.Answer(
                    torch: true,
                    run => Measure(known, session.Seed ?? 1, parsed.GetValue(seeds), parsed.GetValue(limit), place, run),
                    Print);
            }
            catch (OperationCanceledException)
            {
                session.Error.WriteLine($"Finished measurements are kept. Continue with the same command and --out {place}");
                throw;
            }
        });
        return verb;
    }

    private static List<KnownAnswer> Chosen(string[] names)
    {
        var all = KnownAnswer.All;
        foreach (var name in names)
            Require.That(
                all.Any(known => known.Name.StartsWith(name, StringComparison.Ordinal)),
                $"There is no check '{name}'; {Names.Suggest(name, all.Select(known => known.Name))}");
        return [.. all.Where(known => names.Length == 0 || names.Any(name => known.Name.StartsWith(name, StringComparison.Ordinal)))];
    }

    private static Result Measure(List<KnownAnswer> known, ulong first, int seeds, int limit, string folder, RunContext run) =>
        new(Path.GetFullPath(folder), KnownAnswerRun.Run(known, first, seeds, limit, folder, run));

    private static void Print(Result result, TextWriter output)
    {
        Tables.Write(
            output,
            ["check", "published", "ours", "seeds", "agrees"],
            result.Checks.Select(check =>
                (IReadOnlyList<string>)
                    [
                        check.Name,
                        $"{Tables.Percent(check.Published)} +- {Tables.Percent(check.PublishedSpread)}",
                        $"{Tables.Percent(check.Measured)} +- {Tables.Percent(check.Spread)}",
                        $"{check.Seeds}",
                        check.Agrees ? "yes" : "no",
                    ]));
        foreach (var source in result.Checks.Select(check => check.Source).Distinct())
            output.WriteLine($"Published: {source}");
        output.WriteLine($"Run: {result.Run}");
    }
}
