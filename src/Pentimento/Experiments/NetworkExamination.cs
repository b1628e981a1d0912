using Pentimento.Attacks;
using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Operations;
using TorchSharp;

namespace Pentimento.Experiments;

/// <summary>The examination of a network of a run: the same digits in every colour, where its evidence lies, and its robustness.</summary>
/// <param name="recipe">What to do.</param>
/// <param name="painted">All that decides the bytes of the recipe's canvases besides their names.</param>
/// <param name="logits">The file in which a network's training has left the logits of the evaluated sets.</param>
internal sealed class NetworkExamination(Recipe recipe, string painted, string logits)
{
    // Each digit is painted ten times; more of them would narrow an interval that is narrow already.
    private const int Audited = 2000;

    /// <summary>The step that audits a network.</summary>
    public static string Audit(string network) => $"audit-{network}";

    /// <summary>The step that explains a network's predictions.</summary>
    public static string Focus(string network) => $"focus-{network}";

    /// <summary>The step that attacks a network.</summary>
    public static string Attacks(string network) => $"attacks-{network}";

    /// <summary>The steps of one network, whose training is the step of its name.</summary>
    public IEnumerable<Step> Steps(string network) =>
    [
        Step(Audit(network), network, [$"{Audited}"], (trained, set, _, run) => Audit(network, trained, set, run)),
        Step(Focus(network), network, [Described(recipe.Explain)], (trained, set, folder, run) => Explain(network, trained, set, folder, run)),
        Step(Attacks(network), network, [Described(recipe.Attack)], (trained, set, folder, run) => Attack(network, trained, set, folder, run)),
    ];

    private ComputedStep Step(
        string name, string network, IReadOnlyList<string> parts, Func<Classifier, Func<int, Evaluated>, string, RunContext, object> work) =>
        new(name, [network], [painted, $"{recipe.Limit}", .. recipe.Evaluate.Take(2), .. parts], (done, folder, run) =>
        {
            using var scope = torch.NewDisposeScope();
            using var trained = ModelFile.Read(done[network].At(OperationStep.NetworkFile)).On(run.Device);
            var known = new SavedPredictions(done[network].At(logits), done.Of<TrainResult>(network).Evaluations);
            Evaluated Set(int place)
            {
                var name = recipe.Evaluate[place];
                var set = new DataLibrary(run.Cache, run.Threads).Find($"{recipe.Painted(name)}", Split.Test, recipe.Limit, run).Called(name);
                return new(set, known.Logits(place));
            }

            return work(trained, Set, folder, run);
        })
        {
            // Seconds, beside those of the trainings.
            Weight = 6,
        };

    private NetworkAudit Audit(string name, Classifier network, Func<int, Evaluated> sets, RunContext run)
    {
        var (set, logits) = sets(1);
        var reversed = set.First(Audited);
        // Colours that a file names are known exactly; the images say the others.
        var palette = recipe.Painting.Palette.Length == 0 ? null : recipe.Painting.Colors;
        var parts = ColorAudit.Of(network, reversed, palette, Predictions.Of(logits.narrow(0, 0, reversed.Count), reversed), run);
        return new(name, reversed.Name, parts[0], HueSweep.Of(network, reversed, run))
        {
            Finding = ColorAudit.Finding(parts),
            Verdict = RecoloringVerdict.Of(parts),
        };
    }

    private List<NetworkLocalization> Explain(string name, Classifier network, Func<int, Evaluated> sets, string folder, RunContext run)
    {
        var (focus, shown) = (new List<NetworkLocalization>(), new List<Artifacts.Explained>());
        foreach (var (set, logits) in Enumerable.Range(0, 2).Select(sets))
        {
            using var scope = torch.NewDisposeScope();
            var predicted = Predictions.Of(logits, set).Classes;
            var maps = recipe.Explain.Method.ExplainSet(network, set, predicted, recipe.Explain.Layer, run);
            var evidence = AttributionMethod.Evidence(maps, set.Shape);
            focus.Add(new(name, set.Name, EvidenceLocalization.Of(evidence, set, predicted)));
            shown.Add(new(name, set, predicted, evidence.data<float>().ToArray()));
        }

        Artifacts.WriteExplanations(Path.Combine(folder, Artifacts.Explanations), shown);
        return focus;
    }

    private List<NetworkAttack> Attack(string name, Classifier network, Func<int, Evaluated> sets, string folder, RunContext run)
    {
        var (own, logits) = sets(0);
        var options = recipe.Attack;
        var sources = Enumerable.Range(0, own.Count).Where(at => own.Labels[at] == options.Source).Take(options.Images).ToArray();
        Require.That(sources.Length > 0, $"{own.Name} holds no image of class {options.Source} to attack.");
        var first = own.First(options.Images);
        var (results, shown) = (new List<NetworkAttack>(), new List<Artifacts.Attacked>());
        foreach (
            var (set, before, source, target) in new[]
            {
                (first, logits.narrow(0, 0, first.Count), (int?)null, (int?)null),
                (own.Pick(sources), logits.index_select(0, torch.tensor(sources)), options.Source, options.Target),
            }
        )
        {
            using var scope = torch.NewDisposeScope();
            var perturbed = options.With.PerturbSet(network, set, Criterion.Of(target), run.For($"attack {name}"));
            var outcome = AttackOutcome.Of(network, set, before, perturbed, Criterion.Of(target), run);
            results.Add(new(name, AttackResult.Of(options.With, set, perturbed, source, Criterion.Of(target), outcome)));
            shown.Add(new(name, target, set, perturbed.data<float>().ToArray(), outcome.Before, outcome.After));
        }

        Artifacts.WriteAttacks(Path.Combine(folder, Artifacts.Attacks), shown);
        return results;
    }

    private static string Described(object settings) => Binder.Describe(settings)!.ToJsonString();

    /// <summary>A set with the logits that the network was found to have for it, float32 (N, K).</summary>
    private readonly record struct Evaluated(ImageSet Set, torch.Tensor Logits);
}
