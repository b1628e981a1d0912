using System.Collections;
using System.Reflection;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Experiments.Store;

/// <summary>The cache key of a step: one hash of everything that decides its result.</summary>
/// <remarks>
/// SHA-256 over parts that each carry their length, so that no two lists of parts run into each other. The package's version is one of them, its
/// commit is not: what a change of the code means for results is said by a version.
/// </remarks>
internal static class StepKey
{
    // 128 bits of the hash: enough for any store, and short enough for a folder's name.
    private const int Digits = 32;

    /// <summary>The version of this package, without its commit.</summary>
    public static string Version { get; } = typeof(StepKey).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The key of a step that is decided by these parts.</summary>
    public static string Of(params IEnumerable<string> parts)
    {
        using var hash = new ContentHash();
        hash.Add(Version);
        foreach (var part in parts) hash.Add(part);
        return hash.Value()[..Digits];
    }

    /// <summary>The key of an operation: every setting that is not an output or incidental, the content of every input, seed and device.</summary>
    /// <param name="operation">The job; references to networks of earlier steps are files by now.</param>
    /// <param name="run">The seed, the device, and where painted sets are kept.</param>
    public static string Of(Operation operation, RunContext run)
    {
        using var hash = new ContentHash();
        hash.Add(Version);
        hash.Add($"{run.Seed.Value}");
        hash.Add(Names.Kebab(run.Device.ToString()));
        Add(hash, operation, run);
        return hash.Value()[..Digits];
    }

    /// <summary>A hash of a record's settings and of the files that they name, for the key of a step that is no operation.</summary>
    internal static string OfSettings(object record, RunContext run)
    {
        using var hash = new ContentHash();
        Add(hash, record, run);
        return hash.Value();
    }

    private static void Add(ContentHash hash, object record, RunContext run)
    {
        hash.Add(record.GetType().FullName!);
        foreach (var setting in Settings.Of(record.GetType()).All.Where(Decides))
        {
            hash.Add(setting.Name);
            AddValue(hash, setting.Of(record), setting.Attribute<InputAttribute>(), run);
        }

        if (record is not Operation operation) return;
        foreach (var (value, file) in operation.FurtherInputs()) AddValue(hash, value, file, run);
    }

    private static bool Decides(Setting setting) =>
        setting.Attribute<OutputAttribute>() is null && setting.Attribute<IncidentalAttribute>() is null;

    private static void AddValue(ContentHash hash, object? value, InputAttribute? input, RunContext run)
    {
        switch (value)
        {
            case null:
                hash.Add("nothing");
                break;
            // A result names what it is of, so that one content under two names is two inputs.
            case DataRef data:
                hash.Add($"data {data.Hash(run)} {data.Text}");
                break;
            case NetworkRef network:
                hash.Add($"network {network.Hash(run)} {network.Name}");
                break;
            case string place when input is not null && ContentHash.OfPlace(place, input.IsPrefix, run.Cancel) is { } content:
                hash.Add($"file {content}");
                break;
            case not null when Scalar.Reads(value.GetType()):
                hash.Add($"value {Scalar.Write(value)}");
                break;
            case IEnumerable list:
                var items = list.Cast<object?>().ToList();
                hash.Add($"list {items.Count}");
                foreach (var item in items) AddValue(hash, item, input, run);
                break;
            default:
                Add(hash, value, run);
                break;
        }
    }
}
