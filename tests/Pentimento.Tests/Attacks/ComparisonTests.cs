using Pentimento.Attacks;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attacks;

public sealed class ComparisonTests
{
    // Pixels of 0.2, 0.4, 0.6 and 0.8.
    private static readonly ImageSet Four = new("four", [51, 102, 153, 204], [0, 0, 1, 1], [], new(1, 1, 1));

    [Fact]
    public void Images_are_common_where_every_network_is_right()
    {
        // Class 1 from 0.5 on, and from 0.3 on: the second errs at 0.4.
        using var scope = NewDisposeScope();
        using var half = Threshold(0.5f);
        using var lower = Threshold(0.3f);
        var kept = new List<string>();

        var comparison = Comparison.Of(
            [("half", half), ("lower", lower)], Four, [new Fgsm(0.15)], [AttackTask.Parse("any")], images => kept.Add(images.Name),
            RunContext.OnCpu());

        Assert.Equal(("four", 4, 3), (comparison.Data, comparison.Count, comparison.Common));
        // Within 0.15 of their borders: 0.4 and 0.6 for the first, of which 0.6 is common; 0.2 for the second.
        Assert.Equal(
            [("half", 4, 0.5), ("lower", 3, 1 / 3.0)],
            comparison.Rows.Select(row => (row.Network, row.Result.Count, row.Result.SuccessRate)));
        Assert.All(comparison.Rows, row => Assert.Equal((3L, 1 / 3.0), (row.CommonCount, row.CommonRate)));
        Assert.Equal(["half", "lower"], kept);
    }

    [Theory]
    [InlineData("any", null, "any")]
    [InlineData("7:3", 7, "3")]
    [InlineData("0:next", 0, "next")]
    public void A_task_is_a_criterion_or_a_class_and_a_criterion(string text, int? source, string criterion)
    {
        var task = AttackTask.Parse(text);

        Assert.Equal((source, criterion, text), (task.Source, $"{task.Criterion}", $"{task}"));
    }

    [Theory]
    [InlineData("7:third")]
    [InlineData("seven:3")]
    [InlineData("-7:3")]
    [InlineData("1:2:3")]
    public void Other_tasks_are_refused(string text)
    {
        Assert.False(AttackTask.TryParse(text, null, out _));
        Assert.Contains($"--target {text}", Assert.Throws<BadInputException>(() => AttackTask.Parse(text)).Message);
    }

    [Fact]
    public void A_task_takes_the_images_of_its_class_and_a_class_without_images_is_refused()
    {
        Assert.Equal([0, 1, 2, 3], AttackTask.Parse("any").Places(Four));
        Assert.Equal([2, 3], AttackTask.Parse("1:0").Places(Four));
        Assert.Equal("four holds no image of class 5.", Assert.Throws<BadInputException>(() => AttackTask.Parse("5:0").Places(Four)).Message);
    }

    private static Pentimento.Networks.Classifier Threshold(float border) =>
        TinyProblem.Victim(1, 2, x => cat([border - x.flatten(1), x.flatten(1) - border], 1));
}
