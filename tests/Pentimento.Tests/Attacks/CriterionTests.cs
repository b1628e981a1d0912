using Pentimento.Attacks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attacks;

public sealed class CriterionTests
{
    [Theory]
    [InlineData("3", new long[] { 3, 3 })]
    [InlineData("next", new long[] { 2, 0 })]
    [InlineData("+2", new long[] { 3, 1 })]
    // Logits (4, 9, 1, 2) of a 1 and (4, 5, 6, 0) of a 3: the label itself is no target.
    [InlineData("least-likely", new long[] { 2, 0 })]
    [InlineData("most-likely", new long[] { 0, 2 })]
    public void A_goal_names_a_class_for_every_image(string text, long[] classes)
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { 4f, 9f, 1f, 2f, 4f, 5f, 6f, 0f }).view(2, 4);

        var aim = Criterion.Parse(text).For(tensor(new long[] { 1, 3 }), logits);

        Assert.True(aim.Targeted);
        Assert.Equal(classes, aim.Classes.data<long>().ToArray());
        Assert.Equal(text, Criterion.Parse(text).ToString());
    }

    [Fact]
    public void Any_wrong_answer_is_a_goal_too()
    {
        using var scope = NewDisposeScope();
        var labels = tensor(new long[] { 1, 0 });

        Assert.False(Criterion.Parse("any").For(labels, zeros(2, 3)).Targeted);
        Assert.Equal(Criterion.Any, Criterion.Parse("ANY"));
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData("+3", null)]
    [InlineData("any", null)]
    public void Only_one_class_for_all_images_is_the_criterions_class(string text, int? one)
    {
        Assert.Equal(one, Criterion.Parse(text).Class);
        Assert.Equal(text, $"{Criterion.Parse(text)}");
    }

    [Theory]
    [InlineData("third")]
    [InlineData("")]
    [InlineData("1.5")]
    public void What_is_no_goal_is_refused(string text) =>
        Assert.Contains("expected a class", Assert.Throws<BadInputException>(() => Criterion.Parse(text)).Message);

    [Fact]
    public void The_margin_is_that_over_the_true_maximum_of_the_others()
    {
        using var scope = NewDisposeScope();
        // All logits are negative: zero must not compete.
        var logits = tensor(new[] { -1f, -4f, -3f }).view(1, 3);

        Assert.Equal(-2, BatchCriterion.AwayFrom(zeros(1, int64)).Margin(logits).item<float>());
        Assert.Equal(-3, BatchCriterion.At(ones(1, int64)).Margin(logits).item<float>());
        Assert.True(BatchCriterion.AwayFrom(ones(1, int64)).Reached(logits, 2.9).item<bool>());
        Assert.False(BatchCriterion.AwayFrom(ones(1, int64)).Reached(logits, 3.1).item<bool>());
    }
}
