using Pentimento.Checks;
using Pentimento.Experiments.Store;
using Pentimento.Operations;

namespace Pentimento.Tests.Experiments.Store;

public sealed class StepKeyTests
{
    [Fact]
    public void Parts_do_not_run_into_each_other()
    {
        string[] keys =
        [
            StepKey.Of("a", "b"), StepKey.Of("ab"), StepKey.Of("a", "b", ""), StepKey.Of("a\nb"), StepKey.Of("", "ab"), StepKey.Of("b", "a"),
        ];

        Assert.Equal(6, keys.Distinct().Count());
        Assert.Equal(keys[0], StepKey.Of("a", "b"));
        Assert.DoesNotContain('+', StepKey.Version);
    }

    [Fact]
    public void Seed_and_device_change_the_key()
    {
        var train = new Train { Data = ["rg_95z"] };

        string[] keys =
        [
            StepKey.Of(train, RunContext.OnCpu(1)),
            StepKey.Of(train, RunContext.OnCpu(2)),
            StepKey.Of(train, RunContext.OnCpu(1) with { Device = Device.Cuda }),
        ];

        Assert.Equal(3, keys.Distinct().Count());
    }

    [Fact]
    public void What_a_file_holds_changes_the_key_and_where_it_lies_among_networks_does_not()
    {
        using var scratch = new Scratch();
        string Key(string model, string data) =>
            StepKey.Of(new Audit { Model = scratch.At(model), Data = scratch.At(data) }, RunContext.OnCpu());
        scratch.Write("a.safetensors", "one");
        Directory.CreateDirectory(scratch.At("b"));
        scratch.Write("b/a.safetensors", "one");
        scratch.Write("set.npz", "images");
        var before = Key("a.safetensors", "set.npz");

        Assert.Equal(before, Key("b/a.safetensors", "set.npz"));
        scratch.Write("b/a.safetensors", "two");
        Assert.NotEqual(before, Key("b/a.safetensors", "set.npz"));
        scratch.Write("set.npz", "other images");
        Assert.NotEqual(before, Key("a.safetensors", "set.npz"));
    }

    [Fact]
    public void What_a_policy_and_its_requirements_name_is_an_input_of_the_check()
    {
        using var scratch = new Scratch();
        scratch.Write("m.safetensors", "network");
        Directory.CreateDirectory(scratch.At("photos"));
        scratch.Write("photos/1.png", "picture");
        scratch.Write("palette.yaml", "red");
        var policy = scratch.Write("policy.yaml", $"""
            data: {scratch.At("photos")}
            requirements:
              - accuracy >= 0.5
              - audit[palette={scratch.At("palette.yaml")}].flip-rate <= 5%
            """);
        string Key() => StepKey.Of(new CheckRequirements { Model = scratch.At("m.safetensors"), Policy = policy }, RunContext.OnCpu());
        var before = Key();

        Assert.Equal(before, Key());
        scratch.Write("photos/1.png", "picturE");
        var after = Key();
        scratch.Write("palette.yaml", "blue");
        Assert.Equal(3, new[] { before, after, Key() }.Distinct().Count());
    }

    [Fact]
    public void Every_file_of_a_folder_counts()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch.At("photos/cat"));
        string Key() => StepKey.Of(new Train { Data = [scratch.At("photos")] }, RunContext.OnCpu());
        scratch.Write("photos/cat/1.png", "picture");
        var before = Key();

        scratch.Write("photos/cat/2.png", "picture");
        var after = Key();
        File.Move(scratch.At("photos/cat/2.png"), scratch.At("photos/cat/3.png"));

        Assert.Equal(3, new[] { before, after, Key() }.Distinct().Count());
    }
}
