using Pentimento.Attacks;
using Pentimento.Cli.Terminal;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Reports;
using System.Globalization;

namespace Pentimento.Cli.Verbs;

/// <summary><c>compare MODEL... --with SPEC...</c>: several networks under several attacks, in one table.</summary>
internal static class CompareVerb
{
    private sealed record Result(string Data, int Count, int Common, IReadOnlyList<Row> Rows, IReadOnlyList<string> Files);

    private sealed record Row(
        string Network,
        AttackResult Result,
        long CommonCount,
        double CommonRate,
        double CommonLow,
        double CommonHigh,
        double? Published);

    public static Verb Create(Host host)
    {
        var models = new Argument<string[]>("MODEL")
        {
            Description = "Networks as other verbs take them; names before an equals sign, as in lazy=a.safetensors.",
            Arity = ArgumentArity.OneOrMore,
        };
        var data = Common.Data("The set to attack on.");
        var network = Common.Network();
        var with = new Option<string[]>("--with")
        {
            Description = "Attacks: pentimento list attacks.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => ["fgsm", "pgd"],
            HelpName = "SPEC",
        };
        var target = new Option<string[]>("--target")
        {
            Description = "What is wanted: goals as attack takes them, or 7:3 for the sevens to 3.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => ["any"],
            HelpName = "T",
        };
        var limit = Common.Limit();
        var published = new Option<bool>("--published")
        {
            Description =
                $"The report's own tables: its attacks and goals at radius 0.05 on {PublishedAttacks.Images} images, beside its figures; MODELs are the lazy and the robust network.",
        };
        var folder = new Option<string?>("--out") { Description = "Draw changes, gradients and budgets into this folder.", HelpName = "FOLDER" };
        var verb = new Verb("compare", "Sets several networks side by side under several attacks.",
            """
            Every rate is given over the images that the network itself answers right beforehand, and over those that all networks do: networks
            are compared by the second. Attacks that look for the smallest change also give the accuracy at every budget.

            Examples:
              pentimento compare lazy.safetensors repaired.safetensors --data rg_95z --limit 500 --with fgsm:radius=0.05 pgd:radius=0.05 --target any 7:3
              pentimento compare lazy=a.safetensors cured=b.safetensors --data rg_95z --published --out pictures
              pentimento compare lazy.safetensors repaired.safetensors --data rg_95z --limit 200 --with deep-fool carlini-wagner --out budgets
            """) { models, data, network, with, target, limit, published, folder };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            var tables = parsed.GetValue(published);
            var attacks = tables ? PublishedAttacks.Attacks : [.. parsed.GetValue(with)!.Select(Catalog.Read<Attack>)];
            var tasks = tables ? PublishedAttacks.Tasks : [.. parsed.GetValue(target)!.Select(AttackTask.Parse)];
            var name = Common.OnlySet(parsed.GetValue(data)!, "compare");
            var most = parsed.GetValue(limit) is > 0 and var given ? given : tables ? PublishedAttacks.Images : 0;
            return session.Answer(torch: true, run =>
            {
                var victims = Read(parsed.GetValue(models)!, parsed.GetValue(network), run);
                try
                {
                    var set = ClassAgreement.Fitted(victims[0].Network, session.Library.Find(name, Split.Test, most, run));
                    var album = parsed.GetValue(folder) is { } place ? new AttackAlbum(place, run) : null;
                    var comparison = Comparison.Of(victims, set, attacks, tasks, album is null ? null : album.Add, run);
                    album?.AddBudgets(comparison);
                    return Told(comparison, tables, [.. victims.Select(victim => victim.Name)], album?.Files ?? []);
                }
                finally
                {
                    foreach (var (_, victim) in victims) victim.Dispose();
                }
            }, Print);
        });
        return verb;
    }

    private static List<(string Name, Classifier Network)> Read(string[] models, string? network, RunContext run)
    {
        var victims = new List<(string Name, Classifier Network)>();
        foreach (var model in models)
        {
            var parts = model.Split('=', 2);
            var name = parts.Length == 2 ? parts[0] : Path.GetFileNameWithoutExtension(model);
            Require.That(victims.All(victim => victim.Name != name), $"Two networks are called {name}; name them, as in first={model}.");
            victims.Add((name, Session.Model(parts[^1], network, run)));
        }

        return victims;
    }

    private static Result Told(Comparison comparison, bool tables, List<string> names, IReadOnlyList<string> files) =>
        new(
            comparison.Data,
            comparison.Count,
            comparison.Common,
            [
                .. comparison.Rows.Select(row => new Row(
                    row.Network,
                    row.Result,
                    row.CommonCount,
                    row.CommonRate,
                    row.CommonLow,
                    row.CommonHigh,
                    tables
                        ? PublishedAttacks.Rate(
                            Catalog.Read<Attack>(row.Result.Attack),
                            new(row.Result.Source, Criterion.Parse(row.Result.Criterion)),
                            names.IndexOf(row.Network))
                        : null)),
            ],
            files);

    private static void Print(Result result, TextWriter output)
    {
        output.WriteLine($"{result.Data}: {result.Count:N0} images, {result.Common:N0} of them answered right by every network.");
        Tables.Write(
            output,
            [
                "attack",
                "wanted",
                "network",
                "fooled, own right",
                "fooled, right for all",
                "of all",
                "sure",
                "L2",
                "Linf",
                "colour",
                "on stroke",
                .. Wanted(result),
            ],
            result.Rows.Select(row => Line(row, result)));
        foreach (var row in result.Rows)
        {
            foreach (var warning in row.Result.Warnings) output.WriteLine($"{row.Network}, {Short(row.Result.Attack)}: {warning}");
        }

        output.WriteLine(
            "Of all: the share of all images whose answer is as wanted, wrong ones before any attack among them. Sure: the mean probability of the wrong answer."
        );
        output.WriteLine(
            "L2, Linf: the fooled images' median change. Colour: the share of their changes that shifts the stroke or the background evenly.");
        foreach (var file in result.Files)
            output.WriteLine(file);
    }

    private static IEnumerable<string> Wanted(Result result) => result.Rows.Any(row => row.Published is not null) ? ["published"] : [];

    private static IReadOnlyList<string> Line(Row row, Result all)
    {
        var (result, split) = (row.Result, row.Result.Split);
        var task = result.Source is { } source ? $"{source}:{result.Criterion}" : result.Criterion;
        return
        [
            Short(result.Attack), task, row.Network,
            $"{Tables.Percent(result.SuccessRate)} ({Tables.Percent(result.Low)} to {Tables.Percent(result.High)}) of {result.Count}",
            $"{Tables.Percent(row.CommonRate)} ({Tables.Percent(row.CommonLow)} to {Tables.Percent(row.CommonHigh)}) of {row.CommonCount}",
            Tables.Percent(result.ShareOfAll), Tables.Percent(result.Confidence), Number(result.MedianL2, "0.00"), Number(result.MedianLinf, "0.000"),
            Tables.Percent(split?.Color), Tables.Percent(split?.OnStroke), .. Wanted(all).Select(_ => Tables.Percent(row.Published)),
        ];
    }

    private static string Short(string attack) => attack.Split(':')[0];

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
