using Pentimento.Attribution;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attribution;

/// <summary>What every attribution method in the catalogue promises.</summary>
public sealed class AttributionContractTests
{
    // Fewer masks and samples than published: a test takes milliseconds.
    public static TheoryData<string> Everyone =>
    [
        .. Catalog.FamilyOf(typeof(AttributionMethod)).Members.Select(member => member.Name switch
        {
            "rise" => "rise:masks=40",
            "smooth-grad" => "smooth-grad:samples=4",
            "integrated-gradients" => "integrated-gradients:steps=4",
            "occlusion" => "occlusion:size=4,stride=4",
            var name => name,
        }),
    ];

    [Theory, MemberData(nameof(Everyone))]
    public void It_leaves_one_tensor_behind_and_no_gradient_on_the_weights(string name)
    {
        using var scope = NewDisposeScope();
        using var network = TinyProblem.Network();
        var (images, targets) = TinyProblem.Batch();
        var before = scope.DisposablesCount;

        var maps = Catalog.Read<AttributionMethod>(name).Explain(network, images, targets, network.LastRelu, RunContext.OnCpu());

        Assert.Equal(before + 1, scope.DisposablesCount);
        Assert.Equal((3, 6L), (maps.dim(), maps.shape[0]));
        Assert.False(maps.requires_grad);
        Assert.False(images.requires_grad);
        Assert.All(network.parameters(), parameter => Assert.Null(parameter.grad));
        Assert.False(network.training);
    }

    [Theory, MemberData(nameof(Everyone))]
    public void A_first_look_is_a_coarser_map_of_the_same_size(string name)
    {
        using var scope = NewDisposeScope();
        using var network = TinyProblem.Network();
        var (images, targets) = TinyProblem.Batch();
        var method = Catalog.Read<AttributionMethod>(name);
        if (method.Draft(2, network.Shape) is not { } draft) return;

        var maps = draft.Explain(network, images, targets, network.LastRelu, RunContext.OnCpu());

        Assert.NotEqual(method, draft);
        // What is as coarse as was asked for, is no coarser where it is asked for again.
        Assert.Null(draft.Draft(2, network.Shape));
        Assert.Equal(method.Explain(network, images, targets, network.LastRelu, RunContext.OnCpu()).shape, maps.shape);
        Assert.True(maps.isfinite().all().item<bool>());
    }

    [Theory, MemberData(nameof(Everyone))]
    public void A_set_leaves_one_tensor_behind_whatever_its_size(string name)
    {
        using var scope = NewDisposeScope();
        using var network = TinyProblem.Network();
        var before = scope.DisposablesCount;

        var maps = Catalog
            .Read<AttributionMethod>(name)
            .ExplainSet(network, TinyProblem.Noise(600), new long[600], network.LastRelu, RunContext.OnCpu());

        Assert.Equal(before + 1, scope.DisposablesCount);
        Assert.Equal(600, maps.shape[0]);
    }

    [Theory, MemberData(nameof(Everyone))]
    public void An_image_is_explained_the_same_alone_and_in_company(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Oracle.Network();
        var method = Catalog.Read<AttributionMethod>(name);
        var (images, labels) = Oracle.Batch(0, 8);

        var together = method.Explain(network, images, labels, "relu3", RunContext.OnCpu());
        var alone = method.Explain(network, images.slice(0, 3, 4, 1), labels.slice(0, 3, 4, 1), "relu3", RunContext.OnCpu());

        Assert.True(together[3].allclose(alone[0], 1e-4, 1e-6));
    }

    [Theory, MemberData(nameof(Everyone))]
    public void It_stops_when_asked(string name)
    {
        using var heard = new Heard(_ => true);
        using var network = TinyProblem.Network();

        Assert.Throws<OperationCanceledException>(() =>
            Catalog.Read<AttributionMethod>(name).ExplainSet(network, TinyProblem.Noise(600), new long[600], network.LastRelu, heard.Run()));
        Assert.Single(heard.Ticks);
    }
}
