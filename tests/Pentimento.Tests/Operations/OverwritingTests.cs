using Pentimento.Operations;

namespace Pentimento.Tests.Operations;

public sealed class OverwritingTests
{
    [Fact]
    public void What_is_read_is_not_written_over()
    {
        using var scratch = new Scratch();
        var weights = scratch.Write("weights.npz", [1]);
        File.CreateSymbolicLink(scratch.At("link.npz"), weights);
        var evaluate = new Evaluate { Model = weights, Data = [scratch.At("images")] };

        Assert.Contains("would write over", Refusal(evaluate with { Save = weights }));
        Assert.Contains("would write over", Refusal(evaluate with { Save = scratch.At("link.npz") }));
        Assert.Contains("would write over", Refusal(evaluate with { Save = scratch.At("images.npz") }));
        Assert.Contains("would write over", Refusal(new ConvertFiles { From = $"{scratch.Folder}:test", To = $"{scratch.Folder}/" }));
        Overwriting.Refuse(evaluate with { Save = scratch.At("logits.npz"), Out = scratch.At("logits.png") });
    }

    [Fact]
    public void Beside_a_folder_an_npz_of_its_name_is_another_set()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch.At("birds"));

        Overwriting.Refuse(new ConvertFiles { From = scratch.At("birds"), To = scratch.At("birds.npz") });
        Assert.Contains("would write over", Refusal(new ConvertFiles { From = scratch.At("rg_95z"), To = scratch.At("rg_95z.npz") }));
    }

    [Fact]
    public void Two_outputs_are_two_files() => Assert.Contains(
        "--curve and --steering both name same.png",
        Refusal(new Edit { Model = "model.safetensors", Curve = "same.png", Steering = "same.png" }));

    [Fact]
    public void A_training_leaves_no_curves_among_the_images_it_learns_from()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch.At("birds/crow"));
        var train = new Train { Data = [$"{scratch.At("birds")}/:train"], Out = scratch.At("birds.safetensors") };

        Assert.Contains("in which the images of", Assert.Throws<BadInputException>(train.Check).Message);
        (train with { Out = scratch.At("crows.safetensors") }).Check();
    }

    private static string Refusal(Operation operation) => Assert.Throws<BadInputException>(() => Overwriting.Refuse(operation)).Message;
}
