using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>One ascent of Auto-PGD.</summary>
/// <param name="victim">The network to fool.</param>
/// <param name="steps">How many gradient steps are taken.</param>
/// <param name="rho">The share of steps that must have raised the loss.</param>
/// <param name="loss">What is climbed.</param>
/// <param name="done">Who hears about progress.</param>
internal sealed class AutoStep(Classifier victim, int steps, double rho, Loss loss, AutoStep.StepProgress done)
{
    // α of algorithm 1: how much of a step is new, the rest repeats the last one.
    private const double Fresh = 0.75;

    /// <summary>Climbs; writes what fools into <paramref name="ends"/>, and where the images are not fooled the point of the highest loss.</summary>
    /// <param name="start">float32 (b, C, H, W), where to begin.</param>
    /// <param name="ball">What can be reached.</param>
    /// <param name="radius">Its radius.</param>
    /// <param name="wish">What is climbed toward.</param>
    /// <param name="goal">What counts as fooled.</param>
    /// <param name="places">int64 (b), where the images stand in the batch.</param>
    /// <param name="ends">float32 (B, C, H, W), the batch's results.</param>
    /// <param name="fooled">bool (B), which of the batch are fooled.</param>
    public void From(Tensor start, Ball ball, double radius, BatchCriterion wish, BatchCriterion goal, Tensor places, Tensor ends, Tensor fooled)
    {
        using var scope = NewDisposeScope();
        using var open = Begin(start, radius, wish, goal);
        var (checkpoint, period) = (FirstPeriod, FirstPeriod);
        for (var step = 0; step <= steps && open.Count > 0; step++)
        {
            using var inner = NewDisposeScope();
            var climb = LossGradient.Of(victim, open["point"], logits => Of(logits, open));
            var reached = goal.With(open["goal"]).Reached(climb.Logits);
            Write(open["point"], reached, places.index_select(0, open.Places), ends, fooled);
            Remember(open, climb, first: step == 0);
            open["gradient"] = climb.Gradient;
            open.Leave(reached);
            if (open.Count == 0 || step == steps) break;
            if (step == checkpoint)
            {
                Adapt(open, period);
                period = Math.Max(period - Math.Max((int)(0.03 * steps), 1), Math.Max((int)(0.06 * steps), 1));
                checkpoint += period;
            }

            Move(open, ball.Of(open.Places), first: step == 0);
            done.Report(step + 1);
        }

        var left = places.index_select(0, open.Places);
        ends.index_copy_(0, left, open["best"]);
    }

    private int FirstPeriod => Math.Max((int)(0.22 * steps), 1);

    private Tensor Of(Tensor logits, ActiveImages open)
    {
        if (loss == Loss.Dlr) return Score.LogitsRatio(logits, open.Criterion);
        // One scale for the whole ascent, taken at its start: only so are losses comparable.
        if (!open.Has("scale")) open["scale"] = LogitScale.ForCrossEntropy(logits.detach(), open.Criterion);
        return Score.CrossEntropy(logits / open["scale"], open.Criterion);
    }

    private static ActiveImages Begin(Tensor start, double radius, BatchCriterion wish, BatchCriterion goal)
    {
        var count = start.shape[0];
        Tensor Fill(double value) => full(count, value, device: start.device);
        return new(wish, arange(count, ScalarType.Int64, start.device))
        {
            ["goal"] = goal.Classes.clone(),
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

    private static void Remember(ActiveImages open, LossGradient.LogitsAndGradient climb, bool first)
    {
        var higher = climb.Scores.gt(open["highest"]);
        var wide = higher.view(-1, 1, 1, 1);
        if (!first) open["rises"] = open["rises"] + climb.Scores.gt(open["score"]).to_type(float32);
        open["best"] = where(wide, open["point"], open["best"]);
        open["best gradient"] = where(wide, climb.Gradient, open["best gradient"]);
        open["highest"] = where(higher, climb.Scores, open["highest"]);
        open["score"] = climb.Scores;
        if (first) open["highest at check"] = open["highest"].clone();
    }

    /// <summary>Conditions 1 and 2 of the paper: too few rises, or no better point since the last check although the step was left as it
    /// was.</summary>
    private void Adapt(ActiveImages open, int period)
    {
        var rare = open["rises"].le(period * rho);
        var still = open["halved"].logical_not().logical_and(open["highest at check"].ge(open["highest"]));
        var halve = rare.logical_or(still);
        var wide = halve.view(-1, 1, 1, 1);
        open["size"] = where(halve, open["size"] / 2, open["size"]);
        open["point"] = where(wide, open["best"], open["point"]);
        open["gradient"] = where(wide, open["best gradient"], open["gradient"]);
        open["halved"] = halve;
        open["highest at check"] = open["highest"].clone();
        open["rises"] = zeros_like(open["rises"]);
    }

    private static void Move(ActiveImages open, Ball ball, bool first)
    {
        var (point, fresh) = (open["point"], first ? 1 : Fresh);
        var ahead = ball.Project(point + (open["size"].view(-1, 1, 1, 1) * ball.Steepest(open["gradient"])));
        var next = ball.Project(point + (fresh * (ahead - point)) + ((1 - fresh) * (point - open["last"])));
        open["last"] = point.clone();
        open["point"] = next;
    }

    private static void Write(Tensor points, Tensor reached, Tensor places, Tensor ends, Tensor fooled)
    {
        var chosen = Rows.Where(reached);
        if (chosen.shape[0] == 0) return;
        var where = places.index_select(0, chosen);
        ends.index_copy_(0, where, Rows.Pick(points, chosen));
        fooled.index_fill_(0, where, true);
    }

    /// <summary>StepProgress over all ascents.</summary>
    internal readonly struct StepProgress(RunContext run, long before, long total)
    {
        public void Report(int step) => run.Report(new("apgd", before + step, total));
    }
}
