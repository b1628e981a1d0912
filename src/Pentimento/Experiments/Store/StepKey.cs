using System.Collections;
using System.Reflection;
using System.Security.Cryptography;
using Pentimento.Foundation.Binding;
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
        var hash = new PartHash();
        hash.Add(Version);
        foreach (var part in parts) hash.Add(part);
        return hash.End()[..Digits];
    }

    /// <summary>The key of an operation: every setting that is not an output or incidental, the content of every input, seed and device.</summary>
    /// <param name="operation">The job; references to networks of earlier steps are files by now.</param>
    /// <param name="run">The seed, the device, and where painted sets are kept.</param>
    public static string Of(Operation operation, RunContext run) => Of(operation, run, new InputHash());

    /// <summary>The same, with the inputs' hashes remembered for the next operation.</summary>
    public static string Of(Operation operation, RunContext run, InputHash inputs)
    {
        var hash = new PartHash();
        hash.Add(Version);
        hash.Add($"{run.Seed.Value}");
        hash.Add(Names.Kebab(run.Device.ToString()));
        Add(hash, operation, inputs);
        return hash.End()[..Digits];
    }

    private static void Add(PartHash hash, object record, InputHash inputs)
    {
        hash.Add(record.GetType().FullName!);
        foreach (var setting in Settings.Of(record.GetType()).All.Where(Decides))
        {
            hash.Add(setting.Name);
            AddValue(hash, setting.Of(record), setting.Attribute<InputAttribute>() is not null, inputs);
        }
    }

    private static bool Decides(Setting setting) =>
        setting.Attribute<OutputAttribute>() is null && setting.Attribute<IncidentalAttribute>() is null;

    private static void AddValue(PartHash hash, object? value, bool isFile, InputHash inputs)
    {
        switch (value)
        {
            case null:
                hash.Add("nothing");
                break;
            case DataRef data:
                hash.Add($"data {inputs.Of(data)}");
                break;
            case NetworkRef network:
                hash.Add($"network {inputs.OfFile(network.File)}");
                break;
            case string file when isFile:
                hash.Add($"file {inputs.OfFile(file)}");
                break;
            case not null when Scalar.Reads(value.GetType()):
                hash.Add($"value {Scalar.Write(value)}");
                break;
            case IEnumerable list:
                var items = list.Cast<object?>().ToList();
                hash.Add($"list {items.Count}");
                foreach (var item in items) AddValue(hash, item, isFile, inputs);
                break;
            default:
                Add(hash, value, inputs);
                break;
        }
    }

    /// <summary>A hash of parts that each carry their length.</summary>
    private sealed class PartHash
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public void Add(string part)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes((long)bytes.Length));
            hash.AppendData(bytes);
        }

        public string End()
        {
            using (hash) return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }
}
