using System.Text;
using CsCheck;
using Pentimento.Experiments;
using Pentimento.Experiments.Store;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;
using Pentimento.Painting;

namespace Pentimento.Tests.Experiments.Store;

/// <summary>A key is told by everything that decides a result, and by nothing else.</summary>
public sealed class KeyFuzzTests
{
    private static readonly string[] NoFiles =
    [
        "bench.name", "bench.python", "build.name", "decompose.layer", "evaluate.by", "explain.layer", "features.attribute", "list.family",
        "operate.attribute", "operate.layer", "probe.attribute", "probe.layer", "probe.sort", "repair.attribute", "repair.methods",
        "show.by", "train.attribute", "train.name", "trust.layer", "verify.check", "visualize.layer",
    ];

    // These follow or do the work of a store, whose steps have keys of their own.
    private static readonly string[] OfStores = ["attach", "work"];

    public static TheoryData<string> Operations =>
        [.. Catalog.FamilyOf(typeof(Operation)).Members.Select(member => member.Name).Except(OfStores)];

    /// <summary>
    /// Every setting of every operation, those of its methods included: another value is another key, unless it says only where or how fast.
    /// </summary>
    [Theory, MemberData(nameof(Operations))]
    public void Any_changed_setting_is_another_key(string name)
    {
        using var scratch = new Scratch();
        var changes = new Changes([scratch.Write("one.safetensors", "one"), scratch.Write("other.safetensors", "other")]);
        var usual = changes.Usual(Of(name));

        AssertKeys(usual, changes.Of(usual), record => StepKey.Of((Operation)record, RunContext.OnCpu()));
    }

    /// <summary>Every byte of every file that an operation reads.</summary>
    [Theory, MemberData(nameof(Operations))]
    public void Any_changed_byte_of_an_input_is_another_key_until_it_is_changed_back(string name)
    {
        using var scratch = new Scratch();
        var files = new List<string>();
        var operation = WithFiles(Of(name), scratch, files);
        string Key() => StepKey.Of(operation, RunContext.OnCpu());
        var key = Key();

        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(file);
            Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte[1, 255]).Sample(
                (at, flip) =>
                {
                    File.WriteAllBytes(file, [.. bytes[..at], (byte)(bytes[at] ^ flip), .. bytes[(at + 1)..]]);
                    return Key() != key;
                },
                iter: 5, threads: 1);
            File.WriteAllBytes(file, [.. bytes, 0]);
            Assert.NotEqual(key, Key());
            File.WriteAllBytes(file, bytes);
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        }

        Assert.Equal(key, Key());
    }

    /// <summary>A file that the key does not know of would be one that it forgets.</summary>
    [Theory, MemberData(nameof(Operations))]
    public void A_text_names_a_file_to_read_or_to_write_or_no_file(string name)
    {
        var texts = Settings.Of(Of(name)).All
            .Where(setting => (setting.Type == typeof(string) || setting.Type == typeof(IReadOnlyList<string>))
                && setting.Attribute<InputAttribute>() is null && setting.Attribute<OutputAttribute>() is null)
            .Select(setting => $"{name}.{setting.Name}");

        Assert.Empty(texts.Except(NoFiles));
    }

    [Fact]
    public void How_fast_and_where_a_run_works_is_no_part_of_its_keys()
    {
        var (train, plain) = (new Train { Data = ["rg_95z"] }, RunContext.OnCpu(3));

        Assert.Equal(
            StepKey.Of(train, plain),
            StepKey.Of(train with { Out = "elsewhere.safetensors" }, plain with { Threads = 7, Cache = "cache", Memory = 1 << 20, Cancel = new() }));
    }

    [Fact]
    public void Labels_beside_images_and_weights_beside_a_graph_are_inputs_too()
    {
        using var scratch = new Scratch();
        scratch.Write("t10k-images-idx3-ubyte", "images");
        scratch.Write("t10k-labels-idx1-ubyte", "labels");
        scratch.Write("t10k-notes", "notes");
        string Converted() =>
            StepKey.Of(new ConvertFiles { From = scratch.At("t10k-images-idx3-ubyte"), To = "x.npz" }, RunContext.OnCpu());
        string Painted() => StepKey.Of(new Build { Source = scratch.At("T10K") }, RunContext.OnCpu());
        var (converted, painted) = (Converted(), Painted());

        scratch.Write("t10k-labels-idx1-ubyte", "labelz");

        Assert.NotEqual(converted, Converted());
        Assert.NotEqual(painted, Painted());
    }

    [Fact]
    public void Any_changed_setting_of_a_run_is_another_key_of_one_of_its_steps()
    {
        using var scratch = new Scratch();
        var recipe = new Recipe { Name = "fixed", Evaluate = ["rg_95z", "gr_95z", "bw_100z"] };
        // What a run is called decides nothing; what is read must be there.
        var changes = new Changes([]).Of(recipe, 1).Where(change => change.Path is not ("name" or "painting.source" or "painting.palette"));
        var palette = string.Join('\n', Enumerable.Range(0, 10).Select(at => $"c{at}: [{at}, 0, 0]"));
        Change Painted(string path, PaintSettings settings) => new(path, true, recipe with { Painting = settings });

        AssertKeys(
            recipe,
            changes.Append(Painted("source", new() { Source = scratch.Write("grey.npz", "grey") }))
                .Append(Painted("palette", new() { Palette = scratch.Write("palette.yaml", palette) })),
            record => Keys(new RunPlan((Recipe)record).Graph(), RunContext.OnCpu(((Recipe)record).Seed)));
    }

    [Fact]
    public void Any_changed_setting_of_a_sweep_is_another_key_of_one_of_its_trials()
    {
        var sweep = new Sweep { Name = "fixed", Watch = ["rg_95z"], Trials = [new()] };
        var changes = new Changes([]).Of(sweep).Where(change => change.Path.Split('=')[0] is not ("name" or "trials"))
            .Concat(new Changes([]).Of(new Trial(), 1)
                .Select(change => change with { Path = $"trial.{change.Path}", Record = sweep with { Trials = [(Trial)change.Record] } }))
            .Append(new("moved", true, sweep with { Evaluate = ["rg_95z"], Validate = ["rg_95z", "gr_95z", "gr_95z"] }));

        AssertKeys(
            sweep, changes, record => Keys(new SweepRun((Sweep)record, "", new("", 1), RunContext.OnCpu()).Steps(), RunContext.OnCpu()));
        Assert.NotEqual(
            Keys(new SweepRun(sweep, "", new("", 1), RunContext.OnCpu()).Steps(), RunContext.OnCpu()),
            Keys(new SweepRun(sweep, "", new("", 1, new(32, 32)), RunContext.OnCpu()).Steps(), RunContext.OnCpu()));
    }

    private static void AssertKeys(object usual, IEnumerable<Change> changes, Func<object, string> keyOf)
    {
        var key = keyOf(usual);
        var seen = new Dictionary<string, string> { [key] = "the record as it was" };
        Assert.Equal(key, keyOf(usual));
        foreach (var change in changes)
        {
            var other = keyOf(change.Record);
            if (!change.Decides) Assert.True(other == key || seen.ContainsKey(other), $"{change.Path} is no part of the key, and changes it");
            else Assert.True(seen.TryAdd(other, change.Path), $"{change.Path} has the key of {seen.GetValueOrDefault(other)}");
        }

    }

    /// <summary>The keys of all steps, each of those before it standing finished.</summary>
    private static string Keys(IReadOnlyList<Step> steps, RunContext run)
    {
        using var scratch = new Scratch();
        var done = new StepResults();
        foreach (var step in steps)
        {
            var (key, place) = (step.KeyOf(done, run), scratch.At(step.Name));
            Directory.CreateDirectory(place);
            File.WriteAllText(Path.Combine(place, OperationStep.NetworkFile), key);
            done.Add(new(new(step.Name, key, 0, "", new Dictionary<string, string>()), place, Encoding.UTF8.GetBytes("{}")));
        }

        return string.Join(' ', steps.Select(step => $"{step.Name}:{done[step.Name].Record.Key}"));
    }

    private static Type Of(string name) => Catalog.FamilyOf(typeof(Operation)).Find(name).Type;

    /// <summary>An operation whose inputs are files of its own.</summary>
    private static Operation WithFiles(Type type, Scratch scratch, List<string> files)
    {
        string New(string name)
        {
            files.Add(scratch.Write(name, $"the content of {name}"));
            return files[^1];
        }

        object? InputOf(Setting setting) => setting.Type switch
        {
            var one when one == typeof(DataRef) => new DataRef(New($"{setting.Name}.npz")),
            var several when several == typeof(IReadOnlyList<DataRef>) =>
                new DataRef[] { New($"{setting.Name}-1.npz"), Path.GetDirectoryName(New(Inside($"{setting.Name}/cat/1.png")))! },
            var one when one == typeof(NetworkRef) => new NetworkRef(New($"{setting.Name}.safetensors")),
            var several when several == typeof(IReadOnlyList<NetworkRef>) => new NetworkRef[] { New("one.safetensors"), New("two.pth") },
            var several when several == typeof(IReadOnlyList<string>) =>
                new[] { Path.GetDirectoryName(New(Inside($"{setting.Name}/results.json")))! },
            _ => New($"{setting.Name}.input"),
        };

        string Inside(string name)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(scratch.At(name))!);
            return name;
        }

        var settings = Settings.Of(type);
        Type[] references = [typeof(DataRef), typeof(NetworkRef), typeof(IReadOnlyList<DataRef>), typeof(IReadOnlyList<NetworkRef>)];
        return (Operation)settings.Build(settings.All
            .Where(setting => setting.Required || references.Contains(setting.Type) || setting.Attribute<InputAttribute>() is not null)
            .ToDictionary(
                setting => setting,
                setting => setting.Attribute<OutputAttribute>() is null ? InputOf(setting) : "out.npz"));
    }
}
