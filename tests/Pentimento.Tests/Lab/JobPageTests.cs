using System.Text.Json.Nodes;
using Pentimento.Lab.Jobs;
using Pentimento.Tests.Operations;

namespace Pentimento.Tests.Lab;

/// <summary>The page of a job shows in its first screen what was found, before its numbers.</summary>
public sealed class JobPageTests
{
    private static readonly string Network = $"\"model\":\"{SmallOperations.Weights}\",\"network\":\"cnn3\"";
    private static readonly string Images = $"\"data\":\"{SmallOperations.Data}\",\"limit\":\"40\"";

    public static TheoryData<string, string> Jobs => new()
    {
        { "operate", $"{{{Network},\"layer\":\"fc1\",\"neurons\":\"1,2\",\"evaluate\":\"{SmallOperations.Data}\",\"limit\":\"20\"}}" },
        { "decompose", $"{{{Network},{Images},\"layer\":\"fc1\",\"epochs\":\"2\",\"width\":\"0.5\"}}" },
        { "visualize", $"{{{Network},{Images},\"layer\":\"relu3\",\"channels\":\"1\",\"with\":\"ascent:steps=1\"}}" },
        {
            "compare", $"{{\"model\":\"one={SmallOperations.Weights},two={SmallOperations.Weights}\",\"network\":\"cnn3\",{Images},"
                + "\"with\":\"fgsm\"}"
        },
        { "build", "{\"name\":\"rg_90z\",\"limit\":\"30\"}" },
    };

    [Theory, MemberData(nameof(Jobs))]
    public void It_has_a_picture_of_what_was_found(string operation, string settings)
    {
        using var scratch = new Scratch();
        var job = new JobRecord(1, operation, JsonNode.Parse(settings)!.AsObject(), JobState.Queued);

        var done = JobWork.Do(job, scratch.Folder, RunContext.OnCpu(1) with { Threads = 1, Cache = scratch.At("cache") });

        Assert.Equal("", done.Message);
        var page = File.ReadAllText(Path.Combine(scratch.Folder, done.Folder!, "page.html"));
        var found = page[page.IndexOf("<section", StringComparison.Ordinal)..page.IndexOf("All numbers, as JSON", StringComparison.Ordinal)];
        Assert.True(found.Contains("<svg", StringComparison.Ordinal) || found.Contains("<img class=\"picture\"", StringComparison.Ordinal), found);
    }
}
