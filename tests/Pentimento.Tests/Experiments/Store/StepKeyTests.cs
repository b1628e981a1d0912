using Pentimento.Experiments.Store;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Tests.Experiments.Store;

public sealed class StepKeyTests
{
    private static readonly string[] Files = ["one.safetensors", "other.safetensors"];

    public static TheoryData<string> Operations => [.. Catalog.FamilyOf(typeof(Operation)).Members.Select(member => member.Name)];

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

    /// <summary>Every setting of every operation: another value is another key, unless it says only where or how fast.</summary>
    [Theory, MemberData(nameof(Operations))]
    public void Any_changed_setting_changes_the_key(string name)
    {
        var type = Catalog.FamilyOf(typeof(Operation)).Find(name).Type;
        var settings = Settings.Of(type);
        using var scratch = new Scratch();
        foreach (var file in Files) scratch.Write(file, file);
        var usual = settings.All.Where(setting => setting.Required).ToDictionary(setting => setting, setting => Other(setting, null, scratch));
        var key = Key(settings, usual);

        foreach (var setting in settings.All)
        {
            var plain = settings.Build(usual);
            var changed = new Dictionary<Setting, object?>(usual) { [setting] = Other(setting, setting.Of(plain), scratch) };
            var decides = setting.Attribute<OutputAttribute>() is null && setting.Attribute<IncidentalAttribute>() is null;
            Assert.True((Key(settings, changed) != key) == decides, $"{name} --{setting.Name}");
        }
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

    private static string Key(Settings settings, Dictionary<Setting, object?> given) =>
        StepKey.Of((Operation)settings.Build(given), RunContext.OnCpu());

    /// <summary>A value that a setting does not have.</summary>
    private static object? Other(Setting setting, object? value, Scratch scratch)
    {
        var type = Nullable.GetUnderlyingType(setting.Type) ?? setting.Type;
        if (!type.IsGenericType) return OtherOf(type, value, scratch);
        var element = type.GetGenericArguments()[0];
        var list = Array.CreateInstance(element, 1);
        list.SetValue(OtherOf(element, (value as System.Collections.IEnumerable)?.Cast<object>().FirstOrDefault(), scratch), 0);
        return list;
    }

    private static object OtherOf(Type type, object? value, Scratch scratch) => type switch
    {
        _ when type == typeof(string) => $"{value}x",
        _ when type == typeof(bool) => value is not true,
        _ when type == typeof(int) => (value as int? ?? 0) + 1,
        _ when type == typeof(ulong) => (value as ulong? ?? 0) + 1,
        _ when type == typeof(double) => (value as double? ?? 0) + 0.5,
        _ when type.IsEnum => Enum.GetValues(type).Cast<object>().First(choice => !choice.Equals(value)),
        _ when type == typeof(NetworkRef) => Files.Select(file => new NetworkRef(scratch.At(file))).First(network => !network.Equals(value)),
        _ when Catalog.Holds(type) => Defaults(type).First(member => !member.Equals(value)),
        _ => ParsableExamples(type).First(example => !example.Equals(value)),
    };

    private static IEnumerable<object> Defaults(Type type) =>
        Catalog.FamilyOf(type).Members.Where(member => Settings.Of(member.Type).All.All(setting => !setting.Required || setting.Positional))
            .Where(member => Settings.Of(member.Type).All.All(setting => !setting.Required))
            .Select(member => Settings.Of(member.Type).Build(new Dictionary<Setting, object?>()));

    private static IEnumerable<object> ParsableExamples(Type type)
    {
        string[] texts =
            ["rg_95z", "gr_95z", "32x32", "16x16", "3", "any", "3:1.5", "3=1.5", "4=2", "auto", "label", "relu3+1", "imagenet", "caffe"];
        foreach (var text in texts)
        {
            object? value = null;
            try
            {
                value = Scalar.Read(text, type, "example");
            }
            catch (BadInputException)
            {
                // Another text may be one of the type's.
            }

            if (value is not null) yield return value;
        }
    }
}
