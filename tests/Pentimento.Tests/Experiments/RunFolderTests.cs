using Pentimento.Experiments;
using Pentimento.Experiments.Store;

namespace Pentimento.Tests.Experiments;

public sealed class RunFolderTests
{
    [Fact]
    public void It_is_put_together_from_steps_results_first_and_the_manifest_last()
    {
        using var context = new Desk();

        Assert.True(RunFolder.Holds(context.Folder));
        Assert.Equal(7, context.Open().Result<int>("stage"));
        Assert.Equal(["stage"], context.Open().Seconds.Keys);
        Assert.Equal("weights", File.ReadAllText(context.Scratch.At("run/models/stage.safetensors")));
        Assert.Equal("event", File.ReadAllText(context.Scratch.At("run/tensorboard/stage/events.1")));
        Assert.Equal("{\"epoch\": 1}\n", File.ReadAllText(context.Scratch.At("run/metrics.jsonl")));
        Assert.Contains("steps/stage-k/model.safetensors", File.ReadAllText(context.Scratch.At("run/manifest.json")), StringComparison.Ordinal);
        Assert.DoesNotContain("+", JsonNode("manifest.json", context)["pentimento"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_measured_yet_is_named_with_the_command_that_measures_it()
    {
        using var context = new Desk();

        Assert.Contains("has no results of 'other' yet", Assert.Throws<BadInputException>(() => context.Open().Result<int>("other")).Message);
    }

    [Theory]
    [InlineData("manifest.json", "{")]
    [InlineData("manifest.json", "[]")]
    [InlineData("manifest.json", "")]
    [InlineData("manifest.json", """{"stages": {"stage": 5}}""")]
    [InlineData("manifest.json", """{"stages": {"stage": null}}""")]
    [InlineData("manifest.json", """{"stages": {"stage": {"key": "k"}}}""")]
    [InlineData("manifest.json", """{"stages": {"stage": {"key": "k", "seconds": "long", "outputs": {}}}}""")]
    [InlineData("manifest.json", """{"stages": {}, "stages": {}}""")]
    [InlineData("manifest.json", """{"stages": [1]}""")]
    [InlineData("results.json", "{")]
    [InlineData("results.json", "null")]
    [InlineData("results.json", """{"a": 1, "a": 2}""")]
    public void A_damaged_file_is_named_in_one_sentence(string file, string text)
    {
        using var context = new Desk();
        context.Scratch.Write($"run/{file}", text);

        var message = Assert.Throws<BadInputException>(() => context.Open()).Message;

        Assert.Contains(file, message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_result_of_another_kind_is_named_in_one_sentence()
    {
        using var context = new Desk();
        Assert.Contains("results.json", Assert.Throws<BadInputException>(() => context.Open().Result<int[]>("stage")).Message);
    }

    private static System.Text.Json.Nodes.JsonNode JsonNode(string file, Desk context) =>
        System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(context.Scratch.At($"run/{file}")))!;

    /// <summary>A run of one step.</summary>
    private sealed class Desk : IDisposable
    {
        public Desk()
        {
            using var store = new RunStore(Folder);
            var step = store.Complete("stage", "k", place =>
            {
                SafeFile.Write(Path.Combine(place, "model.safetensors"), "weights");
                SafeFile.Write(Path.Combine(place, "model/metrics.jsonl"), "{\"epoch\": 1}\n");
                SafeFile.Write(Path.Combine(place, "model/tensorboard/stage/events.1"), "event");
                return 7;
            }, RunContext.OnCpu());
            RunFolder.Write(Folder, new Dictionary<string, object?> { ["stage"] = step.Json }, [step]);
        }

        public Scratch Scratch { get; } = new();

        public string Folder => Scratch.At("run");

        public RunFolder Open() => new(Folder);

        public void Dispose() => Scratch.Dispose();
    }
}
