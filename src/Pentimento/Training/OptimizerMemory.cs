using Pentimento.Data;
using TorchSharp.Modules;
using AdamState = TorchSharp.Modules.Adam.State;
using AdamWState = TorchSharp.Modules.AdamW.State;
using static TorchSharp.torch;

namespace Pentimento.Training;

/// <summary>What an optimiser remembers from step to step: moments and how many steps there were.</summary>
/// <remarks>TorchSharp's own writer refuses tensors that are laid out channels-last, as convolutions' moments are.</remarks>
internal static class OptimizerMemory
{
    private const string Steps = "steps";

    /// <summary>Copies the memory, by parameter and kind.</summary>
    public static IEnumerable<KeyValuePair<string, NpyArray>> Of(optim.Optimizer optimizer)
    {
        foreach (var (at, state) in States(optimizer).Index())
        {
            var (steps, moments) = Look(state);
            yield return new($"{at}/{Steps}", new(new[] { steps }, 1));
            foreach (var (kind, tensor) in moments.Index())
            {
                using var scope = NewDisposeScope();
                if (tensor is not null) yield return new($"{at}/{kind}", new(tensor.cpu().contiguous().data<float>().ToArray(), tensor.shape));
            }
        }
    }

    /// <summary>Puts a memory into an optimiser over the same parameters.</summary>
    public static void Put(optim.Optimizer optimizer, IReadOnlyDictionary<string, NpyArray> memory)
    {
        using var scope = NewDisposeScope();
        foreach (var (at, state) in States(optimizer).Index())
        {
            Tensor? Moment(int kind, Tensor? place)
            {
                if (!memory.TryGetValue($"{at}/{kind}", out var kept)) return place;
                var values = tensor((float[])kept.Data).view(kept.Shape);
                return place?.copy_(values) ?? values.DetachFromDisposeScope();
            }

            var steps = ((long[])memory[$"{at}/{Steps}"].Data)[0];
            switch (state)
            {
                case AdamState adam:
                    adam.step = steps;
                    (adam.exp_avg, adam.exp_avg_sq) = (Moment(0, adam.exp_avg)!, Moment(1, adam.exp_avg_sq)!);
                    break;
                case AdamWState adam:
                    adam.step = steps;
                    (adam.exp_avg, adam.exp_avg_sq) = (Moment(0, adam.exp_avg)!, Moment(1, adam.exp_avg_sq)!);
                    break;
                case SGD.State descent:
                    descent.momentum_buffer = Moment(0, descent.momentum_buffer)!;
                    break;
            }
        }
    }

    /// <summary>Makes an optimiser as if it had taken no step.</summary>
    public static void Forget(optim.Optimizer optimizer)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        foreach (var state in States(optimizer))
        {
            foreach (var moment in Look(state).Moments) moment?.zero_();
            if (state is AdamState adam) adam.step = 0;
            if (state is AdamWState decayed) decayed.step = 0;
        }
    }

    private static (long Steps, Tensor?[] Moments) Look(OptimizerState state) => state switch
    {
        AdamState adam => (adam.step, [adam.exp_avg, adam.exp_avg_sq]),
        AdamWState adam => (adam.step, [adam.exp_avg, adam.exp_avg_sq]),
        SGD.State descent => (0, [descent.momentum_buffer]),
        _ => throw new NotSupportedException($"What {state.GetType()} remembers is not known."),
    };

    private static List<OptimizerState> States(optim.Optimizer optimizer) => ((OptimizerHelper)optimizer).state_dict().State;
}
