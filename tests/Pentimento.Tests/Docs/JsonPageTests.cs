using Pentimento.Foundation.Configuration;
using Pentimento.Operations;
using Pentimento.Tests.Cli;

namespace Pentimento.Tests.Docs;

/// <summary>The page of results is what the records say of themselves.</summary>
public sealed class JsonPageTests
{
    [Fact]
    public void The_page_is_up_to_date()
    {
        var page = Command.Succeed("list", "--format", "json-doc").Output;

        // Write it anew with: pentimento list --format json-doc > docs/json.md
        Assert.Equal(page, File.ReadAllText(Repository.At("docs/json.md")));
    }

    [Fact]
    public void Every_operation_is_a_verb_with_a_result_that_is_no_ones_private_type()
    {
        var help = Command.Succeed("--help").Output;

        Assert.All(Catalog.FamilyOf(typeof(Operation)).Members, member =>
        {
            Assert.Contains($"  {member.Name} ", help, StringComparison.Ordinal);
            Assert.False(ListedMember.ResultOf(member.Type)!.IsNested, member.Name);
            Assert.NotEmpty(member.Summary);
            Assert.All(member.Parameters, option => Assert.NotEmpty(option.Meaning));
        });
    }

    [Fact]
    public void Every_key_of_every_result_says_what_it_means()
    {
        var open = new Queue<Type>(Catalog.FamilyOf(typeof(Operation)).Members.Select(member => ListedMember.ResultOf(member.Type)!));
        var seen = new HashSet<Type>(open);
        while (open.TryDequeue(out var type))
        {
            foreach (var key in JsonShape.KeysOf(type))
            {
                Assert.True(key.Meaning.Length > 0, $"{type.Name}.{key.Name} has no doc comment.");
                if (key.Part is { } part && seen.Add(part)) open.Enqueue(part);
            }
        }
    }

    [Fact]
    public void A_shape_says_names_kinds_and_what_may_be_null()
    {
        var keys = JsonShape.KeysOf(typeof(AuditResult)).ToDictionary(key => key.Name);

        Assert.Equal("whole number", keys["count"].Kind);
        Assert.Equal("number, or null", keys["colorShare"].Kind);
        Assert.Equal("text: a SPEC of attributions, or null", keys["method"].Kind);
        Assert.Equal("[EvidenceLocalization](#evidencelocalization), or null", keys["focus"].Kind);
        Assert.Equal("[Share](#share)", keys["accuracy"].Kind);
        Assert.DoesNotContain("samples", keys.Keys);
        Assert.Equal("list of [SetEvaluation](#setevaluation)", Assert.Single(JsonShape.KeysOf(typeof(EvaluateResult))).Kind);
    }
}
