using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pentimento.Training;

/// <summary>An optimiser in the course of one training: all parameters as one row of numbers, so that a step is a few operations whatever
/// the network.</summary>
/// <remarks>
/// TorchSharp's own optimisers cannot write moments that are laid out channels-last, as convolutions' are, and make many small operations
/// of one step.
/// </remarks>
public abstract class OptimizerState : IDisposable
{
    private readonly List<Parameter> parameters;
    private readonly Tensor[] moments;

    /// <summary>Begins with empty moments.</summary>
    /// <param name="parameters">What is to change; a parameter without a gradient counts as one of gradient 0.</param>
    /// <param name="rate">The first learning rate.</param>
    /// <param name="moments">How many numbers are remembered for each of a parameter's.</param>
    protected OptimizerState(IEnumerable<Parameter> parameters, double rate, int moments)
    {
        (this.parameters, Rate) = ([.. parameters], rate);
        var count = this.parameters.Sum(parameter => parameter.NumberOfElements);
        this.moments = [.. Enumerable.Range(0, moments).Select(_ => zeros(count, float32, this.parameters[0].device).DetachFromDisposeScope())];
    }

    /// <summary>The learning rate of the next step.</summary>
    public double Rate { get; set; }

    /// <summary>Steps taken, or since everything was forgotten.</summary>
    public long Steps { get; private set; }

    /// <summary>What is remembered from step to step, float32 (P), P the number of all parameters' numbers.</summary>
    public IReadOnlyList<Tensor> Moments => moments;

    /// <summary>Stands as if these steps had been taken and these moments remembered.</summary>
    public void GoOn(long steps, IReadOnlyList<Tensor> remembered)
    {
        using var still = no_grad();
        for (var at = 0; at < moments.Length; at++) moments[at].copy_(remembered[at]);
        Steps = steps;
    }

    /// <summary>Stands as if no step had been taken.</summary>
    public void Forget()
    {
        using var still = no_grad();
        foreach (var moment in moments) moment.zero_();
        Steps = 0;
    }

    /// <summary>Makes every gradient 0.</summary>
    public void ZeroGradients()
    {
        using var scope = NewDisposeScope();
        foreach (var parameter in parameters) parameter.grad?.zero_();
    }

    /// <summary>Changes the parameters by their gradients.</summary>
    public void Step()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        Steps++;
        var change = Change(Row(parameter => parameter.grad ?? zeros_like(parameter)), () => Row(parameter => parameter));
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

    /// <summary>What is added to the weights, float32 (P).</summary>
    /// <param name="gradient">float32 (P), which may be changed.</param>
    /// <param name="weights">The weights, float32 (P), for those who shrink them.</param>
    protected abstract Tensor Change(Tensor gradient, Func<Tensor> weights);

    private Tensor Row(Func<Parameter, Tensor> of) => cat(parameters.Select(parameter => of(parameter).flatten()).ToList());
}
