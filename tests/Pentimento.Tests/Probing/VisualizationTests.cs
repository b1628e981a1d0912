using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Probing;
using static TorchSharp.torch;

namespace Pentimento.Tests.Probing;

public sealed class VisualizationTests
{
    public static TheoryData<string> Everyone => [.. Catalog.FamilyOf(typeof(Visualization)).Members.Select(member => $"{member.Name}:steps=20")];

    [Theory, MemberData(nameof(Everyone))]
    public void It_leaves_one_tensor_behind_in_range_and_the_network_as_it_was(string spec)
    {
        using var scope = NewDisposeScope();
        using var network = TinyProblem.Network();
        var (natural, before) = (TinyProblem.Noise(6), scope.DisposablesCount);

        var pictures = Catalog.Read<Visualization>(spec).Draw(network, new("conv3", [0, 5, 9]), natural, RunContext.OnCpu());

        Assert.Equal(before + 1, scope.DisposablesCount);
        Assert.Equal([3, 1, 8, 8], pictures.shape);
        Assert.InRange(pictures.min().item<float>(), 0, 1);
        Assert.InRange(pictures.max().item<float>(), 0, 1);
        Assert.False(pictures.requires_grad);
        Assert.All(network.parameters(), parameter => Assert.Null(parameter.grad));
        Assert.False(network.training);
    }

    [Theory, MemberData(nameof(Everyone))]
    public void A_channel_is_drawn_the_same_alone_and_in_company(string spec)
    {
        using var scope = NewDisposeScope();
        using var network = Oracle.Network();
        // On black all places are alike, and which of them pooling takes is up to rounding.
        Tensor Draw(params int[] channels) =>
            Catalog
                .Read<Visualization>(spec.Replace("20", "4", StringComparison.Ordinal))
                .Draw(network, new("conv3", channels), Oracle.Images, RunContext.OnCpu())[-1];

        Assert.InRange((Draw(3) - Draw(7, 8, 3)).abs().mean().item<float>(), 0, 0.015);
        Assert.True((Draw(3) - Draw(7, 8)).abs().mean().item<float>() > 0.02);
    }

    [Fact]
    public void Little_memory_makes_batches_of_few_channels_and_the_same_pictures_and_checks()
    {
        using var scope = NewDisposeScope();
        using var network = Oracle.Network();
        var target = new VisualizationTarget("conv3", [2, 3, 5, 7, 11], Copies: 2);
        // Five pictures with their gradients at a time are two channels of two copies each.
        using var heard = new Heard();
        var (one, tight) = (RunContext.OnCpu(), heard.Run() with { Memory = 5 * 4 * BatchSize.Bytes(network) });

        var (whole, batches) = (Draw(one), Draw(tight));

        Assert.Equal((9, 9), (heard.Ticks[^1].Done, heard.Ticks[^1].Total));
        Assert.Equal(whole.shape, batches.shape);
        Assert.InRange((whole - batches).abs().max().item<float>(), 0, 1e-3);
        var checks = PictureCheck.Of(network, target, whole, Oracle.Images, 3, one);
        Assert.All(
            checks.Zip(PictureCheck.Of(network, target, whole, Oracle.Images, 3, tight)),
            pair => Assert.Equal((pair.First.Activation, pair.First.Path), (pair.Second.Activation, pair.Second.Path)));

        Tensor Draw(RunContext run) => new FourierAscent(Steps: 3).Draw(network, target, Oracle.Images, run);
    }

    [Theory, MemberData(nameof(Everyone))]
    public void A_picture_activates_its_channel_more_than_any_real_image(string spec)
    {
        using var scope = NewDisposeScope();
        using var network = Oracle.Network();
        var target = new VisualizationTarget("conv3", [.. Enumerable.Range(0, 16)]);

        var pictures = Catalog
            .Read<Visualization>(spec.Replace("20", "80", StringComparison.Ordinal))
            .Draw(network, target, Oracle.Images, RunContext.OnCpu());
        var checks = PictureCheck.Of(network, target, pictures, Oracle.Images, 5, RunContext.OnCpu());

        Assert.True(
            checks.Count(check => check.Activation > check.BestReal) > 12,
            $"{checks.Count(check => check.Activation > check.BestReal)} of 16");
        Assert.All(checks, check => Assert.InRange(check.Path, -1, 1));
        Assert.True(checks.Average(check => check.RealPath) > checks.Average(check => check.Path));
    }

    [Theory]
    [InlineData("jittered:steps=3")]
    [InlineData("fourier:steps=3")]
    public void The_same_seed_draws_the_same_and_another_does_not(string spec)
    {
        using var scope = NewDisposeScope();
        using var network = TinyProblem.Network();
        Tensor Draw(ulong seed) => Catalog.Read<Visualization>(spec).Draw(network, new("conv3", [1]), TinyProblem.Noise(6), RunContext.OnCpu(seed));

        Assert.True(Draw(1).equal(Draw(1)).all().item<bool>());
        Assert.False(Draw(1).equal(Draw(2)).all().item<bool>());
    }

    [Fact]
    public void A_linear_channel_is_climbed_to_the_corner_of_the_box()
    {
        // The channel is the sum of the first pixel less that of the second: 1 and 0, and what it does not see stays black.
        using var scope = NewDisposeScope();
        using var network = FirstLessSecond(x => x);

        var picture = new ActivationAscent(Steps: 40).Draw(network, new("seen", [0]), TinyProblem.Noise(1), RunContext.OnCpu());

        Assert.Equal([1, 0, 0, 0], picture.data<float>().ToArray());
    }

    [Fact]
    public void A_start_that_feels_nothing_is_left()
    {
        // relu(x - y - 0.1) has no gradient at black.
        using var scope = NewDisposeScope();
        using var network = FirstLessSecond(x => nn.functional.relu(x - 0.1));

        var picture = new ActivationAscent(Steps: 60).Draw(network, new("seen", [0]), TinyProblem.Noise(1), RunContext.OnCpu());

        Assert.Equal(0.9, new VisualizationTarget("seen", [0]).Of(network, picture).item<float>(), 1e-5);
    }

    [Fact]
    public void A_channel_that_answers_to_no_noise_starts_at_its_real_image()
    {
        using var scope = NewDisposeScope();
        // Active only where more than 60 of 64 pixels are foreground: no noise is, one of two real images is.
        using var network = new Classifier(new Cnn3(), new(8, 8, 1), 2,
            [new Layer("seen", LayerKind.Other, (x, _) => (x.sum([1, 2, 3]) - 60).relu().unsqueeze(1).expand(-1, 2), nn.Linear(1, 1), Maps: false)]);
        var natural = new ImageSet("two", [.. new byte[64], .. Enumerable.Repeat((byte)245, 64)], [0, 1], [], new(8, 8, 1));

        var picture = new JitteredAscent(Steps: 40).Draw(network, new("seen", [0]), natural, RunContext.OnCpu());

        Assert.True(picture.sum().item<float>() > 60, $"{picture.sum().item<float>()}");
    }

    [Fact]
    public void Copies_of_a_channel_differ_the_more_diversity_is_asked_for()
    {
        using var scope = NewDisposeScope();
        using var network = Oracle.Network();
        double Likeness(double diversity)
        {
            var pictures = new JitteredAscent(Steps: 40, Diversity: diversity).Draw(
                network,
                new("conv3", [3, 5], Copies: 3),
                Oracle.Images,
                RunContext.OnCpu());
            return GramSimilarity.Of(network.Head(pictures, "conv3"), 3).mean().item<float>();
        }

        var (plain, diverse) = (Likeness(0), Likeness(100));
        Assert.True(diverse < plain - 0.05, $"{diverse} and {plain}");
    }

    [Fact]
    public void Total_variation_is_kornias_and_its_gradient_is_autograds()
    {
        using var scope = NewDisposeScope();
        var (images, _) = Oracle.Batch(0, 16);

        Oracle.AssertRelative("tv_kornia_sum", TotalVariation.Of(images), 1e-5);
        Oracle.AssertRelative("tv_lucid_total", TotalVariation.Of(images).sum(1), 1e-5);
        var variable = rand(2, 3, 5, 7).requires_grad_();
        var expected = autograd.grad([TotalVariation.Of(variable).sum()], [variable])[0];
        Assert.True(TotalVariation.Gradient(variable.detach()).equal(expected).all().item<bool>());
    }

    [Fact]
    public void Colours_come_from_the_users_own_images()
    {
        // Pixels of red alone: no other channel varies with it, and the middle is as red as may be.
        var pixels = Enumerable.Range(0, 12).SelectMany(at => new byte[] { (byte)(40 + (at * 15)), 0, 0 }).ToArray();

        var found = ForegroundColorStatistics.Of(new("red", pixels, new long[3], [], new(2, 2, 3)));

        Assert.True(found.Mixing[0] > 0.99 && found.Mixing[0] > 10 * found.Mixing[4], string.Join(" ", found.Mixing));
        Assert.True(found.Middle[0] > found.Middle[1]);
    }

    [Theory]
    [InlineData("conv3", MapReduction.Mean, 64)]
    [InlineData("relu1", MapReduction.Center, 32)]
    [InlineData("fc1", MapReduction.Maximum, 128)]
    [InlineData("fc2", MapReduction.Mean, 10)]
    public void Any_cut_can_be_aimed_at(string layer, MapReduction reduction, int channels)
    {
        using var scope = NewDisposeScope();
        using var network = Oracle.Network();
        var (images, _) = Oracle.Batch(0, 2);

        Assert.Equal(channels, VisualizationTarget.ChannelsOf(network, layer));
        var maps = network.Head(images, layer);
        var expected =
            maps.dim() == 2
                ? maps[1, 4]
                : reduction switch
                {
                    MapReduction.Mean => maps[1, 4].mean(),
                    MapReduction.Center => maps[1, 4, 14, 14],
                    _ => maps[1, 4].max(),
                };
        Assert.Equal(expected.item<float>(), new VisualizationTarget(layer, [2, 4], reduction).Of(network, images)[1].item<float>(), 1e-5);
    }

    private static Classifier FirstLessSecond(Func<Tensor, Tensor> after) => new(new Cnn3(), new(2, 2, 1), 1,
        [new Layer("seen", LayerKind.Other, (x, _) => after(x[.., .., 0, 0] - x[.., .., 0, 1]), Maps: false)]);
}
