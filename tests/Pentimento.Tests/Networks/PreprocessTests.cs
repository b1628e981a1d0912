using Pentimento.Attribution;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks;

public sealed class PreprocessTests
{
    [Theory]
    [InlineData("none", "none")]
    [InlineData("", "none")]
    [InlineData("imagenet", "imagenet")]
    [InlineData("mean=0.485,0.456,0.406,std=0.229,0.224,0.225", "imagenet")]
    [InlineData("scale=255,bgr,mean=103.939 116.779 123.68", "caffe")]
    [InlineData("mean=0.5;std=0.25", "mean=0.5 0.5 0.5;std=0.25 0.25 0.25")]
    [InlineData("imagenet, resize=256", "imagenet;resize=256")]
    [InlineData("size=300", "size=300")]
    public void Steps_are_read_and_written(string text, string canonical)
    {
        Assert.Equal(canonical, Preprocess.Parse(text).ToString());
        Assert.Equal(Preprocess.Parse(text), Preprocess.Parse(canonical));
    }

    [Theory]
    [InlineData("imagnet", "did you mean 'imagenet'")]
    [InlineData("mean=0.5,0.5", "should have one number or three")]
    [InlineData("std=0", "should have numbers above 0")]
    [InlineData("scale=nan", "should have one number or three")]
    [InlineData("resize=1e9", "should be a side of 1 to 4096 pixels")]
    public void What_is_none_is_refused(string text, string part)
    {
        Assert.Contains(part, Assert.Throws<BadInputException>(() => Preprocess.Parse(text)).Message, StringComparison.Ordinal);
        Assert.False(Preprocess.TryParse(text, null, out _));
    }

    [Fact]
    public void Images_are_scaled_shifted_and_turned_before_the_network()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var plain = new Cnn3().Build(new(8, 8, 3), 3, new(1));
        using var network = Preprocessed.Of(new Cnn3().Build(new(8, 8, 3), 3, new(1)), Preprocess.Parse("scale=255,bgr,mean=1 2 3,std=4"));
        var images = rand([4, 3, 8, 8], generator: new Seed(1).On(CPU));

        var by_hand = ((images * 255).flip(1) - tensor(new float[] { 1, 2, 3 }).view(1, 3, 1, 1)) / 4;

        Assert.True(network.call(images).allclose(plain.call(by_hand), 1e-4, 1e-4));
        Assert.True(network.Head(images, "normalized").allclose(by_hand));
        Assert.Equal("relu3", network.LastRelu);
    }

    [Theory]
    [InlineData("imagenet")]
    [InlineData("size=16")]
    [InlineData("imagenet;size=16")]
    public void A_scaled_image_is_no_layer_that_class_activation_maps_look_at(string steps)
    {
        using var network = Preprocessed.Of(new Mlp().Build(new(8, 8, 3), 3, new(1)), Preprocess.Parse(steps));

        Assert.False(network.HasMaps);
        Assert.IsType<GradientTimesInput>(new GradCam().FittedTo(network));
    }

    [Fact]
    public void Larger_images_are_resized_and_their_middle_cut_out()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = Preprocessed.Of(new Cnn3().Build(new(8, 8, 1), 3, new(1)), Preprocess.Parse("resize=10"));
        var images = rand([2, 1, 10, 10], generator: new Seed(1).On(CPU));

        Assert.Equal(new(10, 10, 1), network.Shape);
        Assert.True(network.Head(images, "resized").equal(images.slice(2, 1, 9, 1).slice(3, 1, 9, 1)).all().item<bool>());
    }

    [Fact]
    public void A_file_keeps_it()
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = Preprocessed.Of(new Cnn3().Build(new(8, 8, 3), 3, new(1)), Preprocess.Imagenet);
        var images = rand([4, 3, 8, 8], generator: new Seed(1).On(CPU));
        foreach (var file in new[] { "m.safetensors", "m.onnx" })
        {
            ModelFile.Write(scratch.At(file), network, "");
            using var back = ModelFile.Read(scratch.At(file));

            Assert.True(network.call(images).allclose(back.call(images), 1e-4, 1e-5));
            Assert.Equal("imagenet", ((Preprocessed)back.Architecture).Steps);
        }
    }
}
