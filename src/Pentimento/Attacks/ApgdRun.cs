using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>One run of Auto-PGD from a given start.</summary>
/// <param name="victim">The network to fool.</param>
/// <param name="steps">How many gradient steps are taken.</param>
/// <param name="rho">The share of steps that must have raised the loss.</param>
/// <param name="loss">The loss to maximise.</param>
/// <param name="done">Reports progress and can be cancelled.</param>
internal sealed class ApgdRun(Classifier victim, int steps, double rho, Loss loss, ApgdRun.StepProgress done)
{
    // α of algorithm 1: how much of a step is new, the rest repeats the last one.
    private const double NewStepShare = 0.75;

    /// <summary>Maximises the loss; writes adversarial images into <paramref name="results"/>, and the point of the highest loss where none is
    /// found.</summary>
    /// <param name="start">float32 (b, C, H, W), the initial points.</param>
    /// <param name="ball">The ball to stay in.</param>
    /// <param name="radius">Its radius.</param>
    /// <param name="objective">The classes of which the loss is taken.</param>
    /// <param name="criterion">What counts as a success.</param>
    /// <param name="places">int64 (b), where the images stand in the batch.</param>
    /// <param name="results">float32 (B, C, H, W), the batch's results.</param>
    /// <param name="fooled">bool (B), which of the batch are fooled.</param>
    public void From(
        Tensor start, Ball ball, double radius, BatchCriterion objective, BatchCriterion criterion, Tensor places, Tensor results, Tensor fooled)
    {
        using var scope = NewDisposeScope();
        using var active = Begin(start, radius, objective, criterion);
        var (checkpoint, period) = (FirstPeriod, FirstPeriod);
        for (var step = 0; step <= steps && active.Count > 0; step++)
        {
            using var inner = NewDisposeScope();
            var evaluated = LossGradient.Of(victim, active["point"], logits => Of(logits, active));
            var reached = criterion.With(active["criterion"]).Reached(evaluated.Logits);
            Write(active["point"], reached, places.index_select(0, active.Places), results, fooled);
            Remember(active, evaluated, first: step == 0);
            active["gradient"] = evaluated.Gradient;
            active.Remove(reached);
            if (active.Count == 0 || step == steps) break;
            if (step == checkpoint)
            {
                Adapt(active, period);
                period = Math.Max(period - Math.Max((int)(0.03 * steps), 1), Math.Max((int)(0.06 * steps), 1));
                checkpoint += period;
            }

            Move(active, ball.Of(active.Places), first: step == 0);
            done.Report(step + 1);
        }

        var left = places.index_select(0, active.Places);
        results.index_copy_(0, left, active["best"]);
    }

    private int FirstPeriod => Math.Max((int)(0.22 * steps), 1);

    private Tensor Of(Tensor logits, ActiveImages active)
    {
        if (loss == Loss.Dlr) return Score.LogitsRatio(logits, active.Criterion);
        // One scale for the whole ascent, taken at its start: only so are losses comparable.
        if (!active.Has("scale")) active["scale"] = LogitScale.ForCrossEntropy(logits.detach(), active.Criterion);
        return Score.CrossEntropy(logits / active["scale"], active.Criterion);
    }

    private static ActiveImages Begin(Tensor start, double radius, BatchCriterion objective, BatchCriterion criterion)
    {
        var count = start.shape[0];
        Tensor Fill(double value) => full(count, value, device: start.device);
        return new(objective, arange(count, ScalarType.Int64, start.device))
        {
            ["criterion"] = criterion.Classes.clone(),
            ["point"] = start.clone(),
            ["last"] = start.clone(),
            ["best"] = start.clone(),
            ["gradient"] = zeros_like(start),
            ["best gradient"] = zeros_like(start),
            ["highest"] = Fill(double.NegativeInfinity),
            ["score"] = Fill(double.NegativeInfinity),
            ["highest at check"] = Fill(double.NegativeInfinity),
            ["rises"] = Fill(0),
            ["size"] = Fill(2 * radius),
            ["halved"] = ones(count, ScalarType.Bool, start.device),
        };
    }

    private static void Remember(ActiveImages active, LossGradient.LogitsAndGradient evaluated, bool first)
    {
        var higher = evaluated.Scores.gt(active["highest"]);
        var wide = higher.view(-1, 1, 1, 1);
        if (!first) active["rises"] = active["rises"] + evaluated.Scores.gt(active["score"]).to_type(float32);
        active["best"] = where(wide, active["point"], active["best"]);
        active["best gradient"] = where(wide, evaluated.Gradient, active["best gradient"]);
        active["highest"] = where(higher, evaluated.Scores, active["highest"]);
        active["score"] = evaluated.Scores;
        if (first) active["highest at check"] = active["highest"].clone();
    }

    /// <summary>Conditions 1 and 2 of the paper: too few rises, or no better point since the last check although the step was left as it
    /// was.</summary>
    private void Adapt(ActiveImages active, int period)
    {
        var rare = active["rises"].le(period * rho);
        var still = active["halved"].logical_not().logical_and(active["highest at check"].ge(active["highest"]));
        var halve = rare.logical_or(still);
        var wide = halve.view(-1, 1, 1, 1);
        active["size"] = where(halve, active["size"] / 2, active["size"]);
        active["point"] = where(wide, active["best"], active["point"]);
        active["gradient"] = where(wide, active["best gradient"], active["gradient"]);
        active["halved"] = halve;
        active["highest at check"] = active["highest"].clone();
        active["rises"] = zeros_like(active["rises"]);
    }

    private static void Move(ActiveImages active, Ball ball, bool first)
    {
        var (point, fresh) = (active["point"], first ? 1 : NewStepShare);
        var ahead = ball.Project(point + (active["size"].view(-1, 1, 1, 1) * ball.Steepest(active["gradient"])));
        var next = ball.Project(point + (fresh * (ahead - point)) + ((1 - fresh) * (point - active["last"])));
        active["last"] = point.clone();
        active["point"] = next;
    }

    private static void Write(Tensor points, Tensor reached, Tensor places, Tensor results, Tensor fooled)
    {
        var chosen = Rows.Where(reached);
        if (chosen.shape[0] == 0) return;
        var where = places.index_select(0, chosen);
        results.index_copy_(0, where, Rows.Pick(points, chosen));
        fooled.index_fill_(0, where, true);
    }

    /// <summary>Progress over all restarts.</summary>
    internal readonly struct StepProgress(RunContext run, long before, long total)
    {
        public void Report(int step) => run.Report(new("apgd", before + step, total));
    }
}
