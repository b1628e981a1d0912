using static TorchSharp.torch;

namespace Pentimento.Training.Objectives;

/// <summary>The state of an objective with one buffer, a tensor carried from step to step.</summary>
internal abstract class BufferedObjectiveState : IObjectiveState
{
    private Tensor? buffer;

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Buffers
    {
        get => buffer is null ? [] : [buffer];
        set => SetBuffer(value.Count == 0 ? null : value[0]);
    }

    /// <inheritdoc/>
    public abstract ObjectiveLoss Of(IReadOnlyList<EnvironmentOutput> environments, int step);

    /// <inheritdoc/>
    public virtual bool ResetsOptimizer(int step) => false;

    /// <summary>The buffer, float32, or its initial value before the first step.</summary>
    protected Tensor Buffer(Func<Tensor> initial) => buffer is null ? initial() : buffer.to_type(float32);

    /// <summary>Replaces the buffer by a tensor, detached from its graph.</summary>
    protected void SetBuffer(Tensor? next)
    {
        var kept = next?.detach().to_type(float32, copy: true).DetachFromDisposeScope();
        buffer?.Dispose();
        buffer = kept;
    }
}
