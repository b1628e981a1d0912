using System.Reflection;
using System.Text.Json;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Tests.Operations;

/// <summary>What every operation promises. A new operation is tested here without a line of its own.</summary>
public sealed class OperationContractTests
{
    public static TheoryData<string> Everyone => [.. Catalog.FamilyOf(typeof(Operation)).Members.Select(member => member.Name)];

    public static TheoryData<string> Small => [.. SmallOperations.Names];

    [Theory, MemberData(nameof(Everyone))]
    public void Says_what_it_does_and_shows_how_it_is_asked_for(string name)
    {
        var type = Of(name);
        var examples = Documentation.Of(type).Example(type).Split('\n');

        Assert.Matches(@"^[A-Z].*\.$", Documentation.Of(type).Summary(type));
        Assert.All(examples, line => Assert.StartsWith("pentimento ", line, StringComparison.Ordinal));
        Assert.Contains(examples, line => $"{line} ".StartsWith($"pentimento {name} ", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Everyone))]
    public void Every_setting_is_documented_and_has_a_name_of_its_own(string name)
    {
        var type = Of(name);
        var settings = Settings.Of(type).All;

        Assert.All(settings, setting => Assert.EndsWith(".", DocumentationOf(setting, type), StringComparison.Ordinal));
        Assert.Equal(settings.Count, settings.Select(setting => setting.Name).Distinct().Count());
        Assert.True(type.IsSealed);
    }

    private static string DocumentationOf(Setting setting, Type type) =>
        Documentation.Of(setting.OwnerIn(type)).Setting(setting.OwnerIn(type), setting.Property);

    [Theory, MemberData(nameof(Everyone))]
    public void Its_result_is_a_record_of_its_own_as_public_as_it_is_without_tensors(string name)
    {
        var result = ResultOf(name);

        Assert.False(result.IsNested);
        Assert.Equal(Of(name).IsPublic, result.IsPublic);
        Assert.NotNull(result.GetMethod("<Clone>$"));
        Assert.DoesNotContain(Reached(result, []), type => type.Namespace?.StartsWith("TorchSharp", StringComparison.Ordinal) is true);
    }

    [Theory, MemberData(nameof(Small))]
    public void Its_result_comes_back_from_json(string name)
    {
        using var scratch = new Scratch();
        var operation = SmallOperations.Of(name, scratch);

        var json = JsonSerializer.Serialize(operation.Execute(RunContext.OnCpu(1) with { Threads = 1 }), Json.Options);

        Assert.NotEqual("{}", json);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, ResultOf(name), Json.Options), Json.Options));
    }

    [Theory, MemberData(nameof(Small))]
    public void Leaves_no_tensor_behind(string name)
    {
        using var scratch = new Scratch();
        var operation = SmallOperations.Of(name, scratch);
        using var scope = TorchSharp.torch.NewDisposeScope();

        operation.Execute(RunContext.OnCpu(1) with { Threads = 1 });

        Assert.Equal(0, scope.DisposablesCount);
    }

    private static Type Of(string name) => Catalog.FamilyOf(typeof(Operation)).Find(name).Type;

    private static Type ResultOf(string name) => ((Operation)Settings.Of(Of(name)).Build(new Dictionary<Setting, object?>())).ResultType;

    /// <summary>The types of everything that a result's JSON holds.</summary>
    private static HashSet<Type> Reached(Type type, HashSet<Type> seen)
    {
        var parts = type.IsGenericType ? type.GetGenericArguments() : [];
        if (type.IsArray) parts = [.. parts, type.GetElementType()!];
        if (!seen.Add(type) || Catalog.Holds(type)) return seen;
        var ours = type.Namespace?.StartsWith("Pentimento", StringComparison.Ordinal) is true;
        var properties = ours ? type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.PropertyType) : [];
        foreach (var part in parts.Concat(properties)) Reached(part, seen);
        return seen;
    }
}
