using Pentimento.Cli.Terminal;
using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Reports.Figures;
using Pentimento.Training;

namespace Pentimento.Cli.Verbs;

/// <summary><c>repair MODEL --data DATA</c>: the bench of robust trainings, with advice.</summary>
internal static class RepairVerb
{
    public static Verb Create(Host host)
    {
        var model = Common.Model();
        var network = Common.Network();
        var data = Common.Data("The training sets; several are environments.");
        var knows = new Option<Supervision[]>("--knows")
        {
            Description =
                "What methods may be told: environments (taken for granted where several sets are given), some-colors (of held-out images), colors (of all), nuisance, corruption (default: nothing).",
            HelpName = "WHAT",
            AllowMultipleArgumentsPerToken = true,
        };
        var methods = new Option<string[]>("--methods")
        {
            Description = "Only these of the bench's methods.",
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = true,
        };
        var bench = new Option<string>("--bench")
        {
            Description = "A recipe of methods, or the one that comes along.",
            DefaultValueFactory = _ => "repair",
            HelpName = "RECIPE",
        };
        var seeds = new Option<int>("--seeds")
        {
            Description = "How many seeds each method is trained with, from --seed (default: 1) on.",
            DefaultValueFactory = _ => 3,
            HelpName = "N",
        }.AtLeast(1);
        var epochs = new Option<int>("--epochs")
        {
            Description = "How often each training sees all images.",
            DefaultValueFactory = _ => 3,
            HelpName = "N",
        }.AtLeast(1);
        var batch = new Option<int>("--batch")
        {
            Description = "Images in one step, over all environments.",
            DefaultValueFactory = _ => 256,
            HelpName = "N",
        }.AtLeast(1);
        var budget = new Option<double?>("--budget") { Description = "Minutes after which no further training is begun.", HelpName = "MINUTES" };
        var leaveOneOut = new Option<bool>("--leave-one-out")
        {
            Description = "Also train each method without each environment in turn, and report what selecting by that one gives.",
        };
        Option<string?> Set(string name, string description) => new(name) { Description = description, HelpName = "DATA" };
        var (own, reversed) = (
            Set("--own", "The test set of the training distribution (default: the first training set's)."),
            Set("--reversed", "The test set that misleads the other way (default: what the name says, gr_95z for rg_95z)."));
        var (grey, hard) = (
            Set("--grey", "A test set without colours (default: what the name says)."),
            Set("--hard", "A reversed test set with noise and strokes (default: what the name says)."));
        var jobs = new Option<int>("--jobs")
        {
            Description = "How many trainings run at a time.",
            DefaultValueFactory = _ => 1,
            HelpName = "N",
        }.AtLeast(1);
        var holdOut = new Option<double>("--hold-out")
        {
            Description = "The share of the training images that is not learned from but compares methods.",
            DefaultValueFactory = _ => 0.1,
            HelpName = "SHARE",
        };
        var limit = Common.Limit();
        var folder = new Option<string?>("--out")
        {
            Description = "The run's folder; one that is begun is continued (default: a new one in runs/).",
            HelpName = "FOLDER",
        };
        var verb = new Verb(
            "repair",
            "Tries robust trainings side by side on what the user knows of the data, and says which to use.",
            """
            Every method gets the same architecture, images, epochs and batch; a tenth of the images is held out (--hold-out). The last epoch's network is kept: no set selects it. What other rules
            would have kept is told beside it. The advice compares methods on held-out training images, all and those that contradict the model, its errors; the test sets
            only report. Interrupted, it continues with the same --out.

            Examples:
              pentimento repair lazy.safetensors --data rg_95z
              pentimento repair lazy.safetensors --data rg_90z,rg_80z --leave-one-out
              pentimento repair lazy.safetensors --data rg_95z --knows colors nuisance --methods group-balanced tint-swap --seeds 1 --budget 10
            """)
        {
            model,
            network,
            data,
            knows,
            methods,
            bench,
            seeds,
            epochs,
            batch,
            budget,
            holdOut,
            leaveOneOut,
            own,
            reversed,
            grey,
            hard,
            jobs,
            limit,
            folder,
        };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            var train = parsed.GetValue(data)!;
            var plan = RepairPlan.For(train, parsed.GetValue(own), parsed.GetValue(reversed), parsed.GetValue(grey), parsed.GetValue(hard)) with
            {
                Seeds = parsed.GetValue(seeds),
                FirstSeed = session.Seed ?? 1,
                Epochs = parsed.GetValue(epochs),
                Batch = parsed.GetValue(batch),
                Limit = parsed.GetValue(limit),
                HoldOut = parsed.GetValue(holdOut),
                Budget = parsed.GetValue(budget) is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
                LeaveOneOut = parsed.GetValue(leaveOneOut),
            };
            Require.That(!plan.LeaveOneOut || train.Length > 1, $"--leave-one-out leaves one of several environments out; there is only {train[0]}.");
            Require.That(plan.HoldOut > 0, $"--hold-out is {plan.HoldOut}; the advice needs images that no method learned from.");
            var remedies = RepairBench
                .Read(parsed.GetValue(bench)!)
                .Applicable(Known(parsed.GetValue(knows) ?? [], train.Length), parsed.GetValue(methods) ?? []);
            var place = Path.GetFullPath(
                parsed.GetValue(folder) ?? Path.Combine("runs", $"repair-{TimeProvider.System.GetLocalNow():yyyyMMdd-HHmmss}"));
            try
            {
                return session.Answer(torch: true, run =>
                {
                    using var patient = Session.Model(parsed.GetValue(model)!, parsed.GetValue(network), run);
                    var result = new RepairRun(plan, remedies, place, session.Library, run).Run(patient, parsed.GetValue(jobs));
                    foreach (var figure in RepairCurves.Of(result)) figure.Save(Path.Combine(place, "figures"));
                    return result;
                }, Print);
            }
            catch (OperationCanceledException)
            {
                session.Error.WriteLine($"Finished trainings are kept. Continue with the same command and --out {place}");
                throw;
            }
        });
        return verb;
    }

    /// <summary>All that is known: whoever knows every colour knows those of some images.</summary>
    private static Supervision Known(Supervision[] said, int sets)
    {
        var known = said.Aggregate(sets > 1 ? Supervision.Environments : Supervision.Nothing, (all, part) => all | part);
        Require.That(
            sets > 1 || !known.HasFlag(Supervision.Environments),
            $"--knows environments needs several sets after --data, one an environment.");
        return known.HasFlag(Supervision.Colors) ? known | Supervision.SomeColors : known;
    }

    private static void Print(RepairResult result, TextWriter output)
    {
        Tables.Write(
            output,
            ["method", "told", "seeds", "held-out", result.Weak ? "worst class" : "contradicting", .. result.Tests, "seconds"],
            result
                .Methods.Select(method =>
                    (IReadOnlyList<string>)
                        [
                            method.Name,
                            method.Told,
                            $"{method.Seeds}",
                            Tables.Percent(method.HeldOut.All),
                            Tables.Percent(method.HeldOut.Contradicting),
                            Spread(method.Own, method.OwnSpread),
                            Spread(method.Reversed, method.ReversedSpread),
                            .. method.Others.Values.Select(value => Tables.Percent(value)),
                            $"{method.Seconds:0}",
                        ])
                .Prepend(["the model as it is", "-", "-", "-", "-", .. result.Model.Select((SetAccuracy set) => Tables.Percent(set.Accuracy)), "-"]));
        output.WriteLine($"Methods are compared by {result.Chosen}; the test sets only report.");
        output.WriteLine($"Each training keeps {result.Selected}. Had another rule chosen the epoch ({result.Tests[0]} / {result.Tests[1]}):");
        var rules = result.Methods.SelectMany(method => method.Selections.Select(selection => selection.Rule)).Distinct().ToList();
        Tables.Write(
            output,
            ["method", .. rules],
            result.Methods.Select(method =>
                (IReadOnlyList<string>)
                    [
                        method.Name,
                        .. rules.Select(rule =>
                            method.Selections.FirstOrDefault(selection => selection.Rule == rule) is { } chosen
                                ? $"{Tables.Percent(chosen.Own)} / {Tables.Percent(chosen.Reversed)}"
                                : "-"),
                    ]));
        foreach (var failure in result.Failures)
            output.WriteLine($"Failed: {failure}");
        output.WriteLine(result.Advice);
        output.WriteLine($"Networks, curves and table: {result.Run}");
    }

    private static string Spread(double mean, double spread) =>
        spread > 0 ? $"{Tables.Percent(mean)} +- {Tables.Percent(spread)}" : Tables.Percent(mean);
}
