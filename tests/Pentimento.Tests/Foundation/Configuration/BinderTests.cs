using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using CsCheck;
using Pentimento.Attacks;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Tests.Foundation.Configuration;

public sealed class BinderTests
{
    /// <summary>How loud a sample is.</summary>
    public enum Loudness { Soft, VeryLoud }

    /// <summary>One of every kind of setting.</summary>
    public sealed record Sample([Range(0, 10)] int Count, double Share = 0.5)
    {
        [Required]
        public string Title { get; init; } = "";

        public Loudness Loudness { get; init; }

        public bool Big { get; init; }

        public ulong Bits { get; init; }

        public int? Maybe { get; init; }

        public Attack With { get; init; } = new Pgd();
    }

    [Fact]
    public void What_is_described_binds_to_an_equal_record() =>
        Gen.Select(Gen.Int[0, 10], Gen.Double[-1e9, 1e9], Gen.ULong, Gen.Bool, Gen.Int[1, 99], Gen.OneOf(Loudness.Soft, Loudness.VeryLoud))
            .Sample(
                (count, share, bits, big, steps, loudness) =>
                {
                    var sample = new Sample(count, share)
                    {
                        Title = "a b",
                        Bits = bits,
                        Big = big,
                        Maybe = big ? steps : null,
                        With = new Pgd(Steps: steps, RandomStart: big),
                        Loudness = loudness,
                    };
                    return sample == (Sample)Binder.Bind(Binder.Describe(sample), typeof(Sample), "sample")!;
                },
                iter: 500);

    [Theory]
    [InlineData("""{"count":1}""", "sample: 'title' is missing")]
    [InlineData("""{"title":"t"}""", "sample: 'count' is missing")]
    [InlineData("""{"count":1,"title":"t","cont":2}""", "sample has no setting 'cont'; did you mean 'count'?")]
    [InlineData("""{"count":11,"title":"t"}""", "sample.count: 11 is not at least 0 and at most 10")]
    [InlineData("""{"count":1.5,"title":"t"}""", "sample.count: expected a whole number, got '1.5'")]
    [InlineData("""{"count":[1],"title":"t"}""", "sample.count: expected a whole number, got a list")]
    [InlineData("""{"count":null,"title":"t"}""", "sample.count: a value is missing")]
    [InlineData("""{"count":1,"title":"t","loudness":"quiet"}""", "expected one of soft, very-loud, got 'quiet'")]
    [InlineData("""{"count":1,"title":"t","bits":-1}""", "sample.bits: expected a whole number")]
    [InlineData("""{"count":1,"title":"t","with":{"steps":3}}""", "say which one with 'name'")]
    [InlineData("""{"count":1,"title":"t","with":{"name":"pgd","stepz":3}}""", "pgd has no setting 'stepz'; did you mean 'steps'?")]
    [InlineData("""{"count":1,"Count":2,"title":"t"}""", "'count' is given twice")]
    [InlineData("""[1]""", "sample: expected names and values, got a list")]
    [InlineData("""5""", "sample: expected names and values, got '5'")]
    public void What_cannot_be_meant_is_refused_in_a_sentence(string json, string part) =>
        Assert.Contains(part, Assert.Throws<BadInputException>(() => Binder.Bind(JsonNode.Parse(json), typeof(Sample), "sample")).Message);

    [Fact]
    public void A_member_may_be_a_spec_or_names_and_values()
    {
        var spec = (Sample)Binder.Bind(JsonNode.Parse("""{"count":1,"title":"t","with":"pgd:steps=3"}"""), typeof(Sample), "sample")!;
        var named = (Sample)Binder.Bind(JsonNode.Parse("""{"count":1,"title":"t","with":{"name":"pgd","steps":3}}"""), typeof(Sample), "sample")!;

        Assert.Equal(new Pgd(Steps: 3), spec.With);
        Assert.Equal(spec, named);
    }

    [Fact]
    public void One_value_is_a_list_of_one() =>
        Assert.Equal(["rg_95z"], (IReadOnlyList<string>)Binder.Bind("rg_95z", typeof(IReadOnlyList<string>), "evaluate")!);
}
