using System.Text.Json;
using System.Text.Json.Nodes;
using Pentimento.Cli.Operations;
using Pentimento.Cli.Packed;
using Pentimento.Cli.Terminal;
using Pentimento.Experiments.Executors;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Cli;

/// <summary>One invocation of a verb: its common options, progress and output.</summary>
internal sealed class VerbSession(Host host, ParseResult parsed)
{
    private readonly bool json = parsed.GetValue(CommonOptions.Json);
    private readonly string cache = parsed.GetValue(CommonOptions.Cache) ?? Folders.Cache();

    /// <summary>The seed that the user gave, or null.</summary>
    public ulong? Seed { get; } = parsed.GetValue(CommonOptions.Seed);

    /// <summary>Cores to use.</summary>
    private int Threads { get; } =
        parsed.GetValue(CommonOptions.Threads) is > 0 and var threads
            ? Math.Min(threads, Environment.ProcessorCount)
            : Environment.ProcessorCount;

    /// <summary>How many bytes batches may take; 0 for the default.</summary>
    private long Memory => parsed.GetValue(CommonOptions.Memory) is { } amount ? ByteCount.Parse(amount) : 0;

    /// <summary>Does an operation with progress shown, then prints its result: as JSON, or as people read it.</summary>
    public int Answer(Operation operation, Func<RunContext, object> work, Action<object, TextWriter> print)
    {
        var (device, memory) = (DeviceOf(parsed.GetValue(CommonOptions.Device)), Memory);
        if (operation.Note(device) is { } note) host.Error.WriteLine($"Note: {note}");
        if (operation.NeedsTorch) LoadTorch(device);
        var seed = new Seed(Seed ?? operation.DefaultSeed);
        var notices = new List<string>();
        RunContext Context(IProgress<Progress> progress) =>
            new(device, seed, progress, host.Cancel) { Threads = Threads, Cache = cache, Memory = memory, Notice = notices.Add };
        return Answered(operation, print, () => ProgressDisplay.While(host.Error, progress => work(Context(progress))), notices);
    }

    /// <summary>Prints the result, or where the work goes on without this command.</summary>
    private int Answered(Operation operation, Action<object, TextWriter> print, Func<object> work, IReadOnlyCollection<string> notices)
    {
        try
        {
            var result = Continued(operation, work);
            foreach (var notice in notices.Distinct()) host.Error.WriteLine($"Note: {Printable.Of(notice)}");
            if (json) host.Output.WriteLine(Serialized(operation, result));
            else print(result, new PrintableWriter(host.Output));
            host.Output.Flush();
            operation.Remain(result, host.Cancel);
            return operation.ExitCode(result);
        }
        catch (DetachedException detached)
        {
            host.Output.WriteLine(json ? JsonSerializer.Serialize(detached.Submitted, Json.Options) : detached.Message);
            return 0;
        }
    }

    /// <summary>The result, and the files that it was written to.</summary>
    private static string Serialized(Operation operation, object result)
    {
        var files = Outputs.Written(operation);
        if (files.Count == 0) return JsonSerializer.Serialize(result, Json.Options);
        var answer = JsonSerializer.SerializeToNode(result, Json.Options)!.AsObject();
        answer[Outputs.Key] = new JsonArray([.. files.Select(file => JsonValue.Create(file))]);
        return answer.ToJsonString(Json.Options);
    }

    /// <summary>The device that is meant; libtorch is asked only where the user leaves it open.</summary>
    private Device DeviceOf(DeviceChoice choice)
    {
        if (choice != DeviceChoice.Auto) return choice == DeviceChoice.Cuda ? Device.Cuda : Device.Cpu;
        LoadTorch();
        if (TorchSharp.torch.cuda.is_available()) return Device.Cuda;
#pragma warning disable RS0030 // The command line reads the environment; nothing below it does.
        if (GivenGpus.Unused(Environment.GetEnvironmentVariable) is { } unused) host.Error.WriteLine($"Note: {unused}");
#pragma warning restore RS0030
        return Device.Cpu;
    }

    /// <summary>Loads libtorch, which the tool package holds packed until it is first needed.</summary>
    private void LoadTorch(Device device = Device.Cpu)
    {
        var torch = PackedTorch.OfThisCommand(cache);
        if (torch.IsPacked) ProgressDisplay.While(host.Error, progress => torch.Unpack(progress, host.Cancel));
        Native.Load(Threads, device, torch.PathToLoad());
    }

    /// <summary>Says after an interruption how the work goes on.</summary>
    private object Continued(Operation operation, Func<object> work)
    {
        try
        {
            return work();
        }
        catch (OperationCanceledException)
        {
            var sentence = operation.Resumption?.Sentence(host.Arguments) ?? "Nothing is kept; the same command begins anew.";
            host.Error.WriteLine(Printable.Of(sentence));
            throw;
        }
    }
}
