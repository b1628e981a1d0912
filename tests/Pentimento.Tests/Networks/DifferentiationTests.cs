using Pentimento.Attacks;
using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks;

/// <summary>libtorch's refusal to differentiate would end the process: none of these may come as far.</summary>
public sealed class DifferentiationTests
{
    private static readonly ImageSet Set = new("two", [20, 200], [0, 1], [], new(1, 1, 1));

    [Fact]
    public void A_gradient_is_libtorchs_where_there_is_one()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1f, 2f }).requires_grad_();

        Assert.Equal([2f, 4f], Differentiation.Gradient(x.square().sum(), x).data<float>().ToArray());
    }

    [Fact]
    public void Neither_a_constant_nor_what_depends_on_another_tensor_has_one()
    {
        using var scope = NewDisposeScope();
        var (x, other) = (tensor(1f).requires_grad_(), tensor(1f).requires_grad_());

        Refused(() => Differentiation.Gradient(tensor(1f), x));
        Refused(() => Differentiation.Gradient(other * 2, x));
        Assert.Equal([null, null], Differentiation.Gradients(tensor(1f), tensor(1f), [x, other]));
        Assert.Null(Differentiation.Gradients(other * 2, tensor(1f), [x])[0]);
        Assert.Contains("cannot be trained", Assert.Throws<BadInputException>(() => Differentiation.Backward(tensor(1f))).Message);
    }

    [Fact]
    public void A_network_of_steps_is_refused_by_attacks_and_attributions_that_need_gradients()
    {
        using var scope = NewDisposeScope();
        using var steps = TinyProblem.Victim(1, 2, x => cat([x.flatten(1).le(0.5f), x.flatten(1).gt(0.5f)], 1).to_type(float32));

        foreach (Attack attack in new Attack[] { new Fgsm(), new Pgd(), new DeepFool(), new CarliniWagner() })
            Refused(() => attack.PerturbSet(steps, Set, Criterion.Any, RunContext.OnCpu()));
        foreach (AttributionMethod method in new AttributionMethod[] { new InputGradient(), new GuidedBackpropagation() })
            Refused(() => method.Explain(steps, Pixels.Slice(Set.Tensor(), 0, 2), zeros(2, int64), steps.Cuts.First(), RunContext.OnCpu()));
        Assert.False(Differentiation.Reaches(steps, Pixels.Slice(Set.Tensor(), 0, 1)));
        // What needs none works.
        var found = new Square(Radius: 0.9, Queries: 20).PerturbSet(steps, Set, Criterion.Any, RunContext.OnCpu(1));
        Assert.Equal([1L, 0L], steps.call(found).argmax(1).data<long>().ToArray());
    }

    private static void Refused(Action ask) => Assert.Contains("no gradient by its images", Assert.Throws<BadInputException>(ask).Message);
}
