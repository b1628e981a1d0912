using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pentimento.Training;

/// <summary>An optimizer over the parameters of one network: its learning rate, its moments and its step.</summary>
/// <remarks>
/// All parameters are updated as one flat vector, so that a step is a few operations whatever the network. TorchSharp's own optimizers cannot
/// write moments that are laid out channels-last, as convolutions' are, and make many small operations of one step.
/// </remarks>
internal abstract class OptimizerState : IDisposable
{
    private readonly List<Parameter> parameters;
    private readonly Tensor[] moments;

    /// <summary>Starts with zero moments.</summary>
    /// <param name="parameters">The parameters to optimize; one without a gradient counts as one of gradient 0.</param>
    /// <param name="rate">The first learning rate.</param>
    /// <param name="moments">Number of moments kept for each weight.</param>
    protected OptimizerState(IEnumerable<Parameter> parameters, double rate, int moments)
    {
        (this.parameters, Rate) = ([.. parameters], rate);
        var count = this.parameters.Sum(parameter => parameter.NumberOfElements);
        this.moments = [.. Enumerable.Range(0, moments).Select(_ => zeros(count, float32, this.parameters[0].device).DetachFromDisposeScope())];
    }

    /// <summary>The learning rate of the next step.</summary>
    public double Rate { get; set; }

    /// <summary>Number of steps taken since the start, or since the moments were reset.</summary>
    public long Steps { get; private set; }

    /// <summary>The running moments of the gradient, float32 (P), P the number of weights.</summary>
    public IReadOnlyList<Tensor> Moments => moments;

    /// <summary>Restores a state: the number of steps taken and the moments, which are copied.</summary>
    public void Resume(long steps, IReadOnlyList<Tensor> saved)
    {
        using var noGrad = no_grad();
        for (var at = 0; at < moments.Length; at++) moments[at].copy_(saved[at]);
        Steps = steps;
    }

    /// <summary>Resets the moments and the number of steps to 0.</summary>
    public void ResetMoments()
    {
        using var noGrad = no_grad();
        foreach (var moment in moments) moment.zero_();
        Steps = 0;
    }

    /// <summary>Sets the gradients of all parameters to 0.</summary>
    public void ZeroGradients()
    {
        using var scope = NewDisposeScope();
        foreach (var parameter in parameters) parameter.grad?.zero_();
    }

    /// <summary>Updates the parameters from their gradients.</summary>
    public void Step()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Steps++;
        var change = Update(Flattened(parameter => parameter.grad ?? zeros_like(parameter)), () => Flattened(parameter => parameter));
        var start = 0L;
        foreach (var parameter in parameters)
        {
            parameter.add_(change.narrow(0, start, parameter.NumberOfElements).view(parameter.shape));
            start += parameter.NumberOfElements;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var moment in moments) moment.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The update that is added to the weights, float32 (P).</summary>
    /// <param name="gradient">float32 (P), which may be changed in place.</param>
    /// <param name="weights">The weights, float32 (P), for weight decay.</param>
    protected abstract Tensor Update(Tensor gradient, Func<Tensor> weights);

    private Tensor Flattened(Func<Parameter, Tensor> of) => cat(parameters.Select(parameter => of(parameter).flatten()).ToList());
}
