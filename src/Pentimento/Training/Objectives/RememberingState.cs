using static TorchSharp.torch;

namespace Pentimento.Training.Objectives;

/// <summary>An objective in the course of one training that remembers one tensor from step to step.</summary>
internal abstract class RememberingState : IObjectiveState
{
    private Tensor? memory;

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Memory
    {
        get => memory is null ? [] : [memory];
        set => Remember(value.Count == 0 ? null : value[0]);
    }

    /// <inheritdoc/>
    public abstract Loss Of(IReadOnlyList<Answers> environments, int step);

    /// <inheritdoc/>
    public virtual bool StartsAnew(int step) => false;

    /// <summary>What is remembered, float32, or what there is before the first step.</summary>
    protected Tensor Recall(Func<Tensor> first) => memory is null ? first() : memory.to_type(float32);

    /// <summary>Puts a tensor, of which no gradient is kept, in place of the one before.</summary>
    protected void Remember(Tensor? next)
    {
        var kept = next?.detach().to_type(float32, copy: true).DetachFromDisposeScope();
        memory?.Dispose();
        memory = kept;
    }
}
