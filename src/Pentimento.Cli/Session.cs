using System.Text.Json;
using Pentimento.Cli.Terminal;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Operations;

namespace Pentimento.Cli;

/// <summary>One verb at work: its common options, its progress, its way to answer.</summary>
internal sealed class Session(Host host, ParseResult parsed)
{
    private readonly bool json = parsed.GetValue(Common.Json);

    /// <summary>The seed that the user gave, or null.</summary>
    public ulong? Seed { get; } = parsed.GetValue(Common.Seed);

    /// <summary>Cores to use.</summary>
    public int Threads { get; } =
        parsed.GetValue(Common.Threads) is > 0 and var threads ? Math.Min(threads, Environment.ProcessorCount) : Environment.ProcessorCount;

    /// <summary>How many bytes batches may take; 0 for the default.</summary>
    private long Memory => parsed.GetValue(Common.Memory) is { } amount ? ByteCount.Parse(amount) : 0;

    /// <summary>Where named datasets are kept.</summary>
    public DataLibrary Library =>
        new(parsed.GetValue(Common.Cache) ?? Folders.Cache(), Threads);

    /// <summary>Where everything for people's eyes goes.</summary>
    public TextWriter Error => host.Error;

    /// <summary>Works with progress shown, then answers: as JSON, or as people read it.</summary>
    /// <param name="torch">Whether libtorch is needed.</param>
    /// <param name="work">Computes the answer.</param>
    /// <param name="print">Writes the answer for people.</param>
    public int Answer<T>(bool torch, Func<RunContext, T> work, Action<T, TextWriter> print)
    {
        var (device, memory) = (parsed.GetValue(Common.Device), Memory);
        if (torch) Native.Load(Threads, device);
        var answer = ProgressDisplay.While(host.Error, progress => work(
            new(device, new(Seed ?? 0), progress, host.Cancel) { Threads = Threads, Cache = parsed.GetValue(Common.Cache) ?? Folders.Cache(), Memory = memory }));
        if (json) host.Output.WriteLine(JsonSerializer.Serialize(answer, Json.Options));
        else print(answer, host.Output);
        return 0;
    }

    /// <summary>Does an operation with progress shown, then prints its result: as JSON, or as people read it.</summary>
    public int Answer(Operation operation, Func<RunContext, object> work, Action<object, TextWriter> print)
    {
        var (device, memory) = (parsed.GetValue(Common.Device), Memory);
        if (operation.Note(device) is { } note) host.Error.WriteLine($"Note: {note}");
        if (operation.NeedsTorch) Native.Load(Threads, device);
        var seed = new Seed(Seed ?? operation.DefaultSeed);
        var cache = parsed.GetValue(Common.Cache) ?? Folders.Cache();
        var answer = Continued(operation, () => ProgressDisplay.While(
            host.Error, progress => work(new(device, seed, progress, host.Cancel) { Threads = Threads, Cache = cache, Memory = memory })));
        if (json) host.Output.WriteLine(JsonSerializer.Serialize(answer, Json.Options));
        else print(answer, host.Output);
        return operation.ExitCode(answer);
    }

    /// <summary>Says after an interruption how the work goes on.</summary>
    private object Continued(Operation operation, Func<object> work)
    {
        try
        {
            return work();
        }
        catch (OperationCanceledException) when (operation.Continuation is { } continuation)
        {
            host.Error.WriteLine(continuation);
            throw;
        }
    }

    /// <summary>Reads a MODEL argument onto the device, with flattened maps where a cut of such a name is wanted.</summary>
    public static Classifier Model(string file, string? network, RunContext run, params IEnumerable<string> cuts)
    {
        var read = ModelFile.Read(file, network is null ? null : Catalog.Read<Architecture>(network)).On(run.Device);
        return cuts.Aggregate(read, Flattened.With);
    }
}
