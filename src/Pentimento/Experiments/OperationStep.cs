using Pentimento.Experiments.Store;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;
using Pentimento.Training;

namespace Pentimento.Experiments;

/// <summary>A step that is an operation. Where it asks for the network <c>step:NAME</c>, it gets the one that the step NAME has trained.</summary>
/// <param name="name">What recipes call it.</param>
/// <param name="operation">The job; the files that it writes are named without folders, and go into the step's.</param>
internal sealed class OperationStep(string name, Operation operation) : Step(name, [.. References(operation)])
{
    /// <summary>The file in which a step leaves its network.</summary>
    public const string NetworkFile = "model.safetensors";

    // The pictures that most operations can draw, beside a file of another kind or alone, and the kind of file that they are.
    private static readonly string[] Pictures = ["out", "picture"];
    private const string PictureForm = "F.png";

    /// <summary>Called with the job, its outputs in the step's folder, its result and that folder, for drawings and pages. The job is asked for its
    /// picture then, whether or not a recipe names one.</summary>
    public Action<Operation, object, string>? Finished { get; init; }

    /// <inheritdoc/>
    public override string? MainStage => operation is Train ? Trainer.Stage : null;

    /// <inheritdoc/>
    public override string KeyOf(StepResults done, RunContext run) => StepKey.Of(Resolved(done, null), run);

    /// <inheritdoc/>
    public override object Work(StepResults done, string folder, RunContext run)
    {
        var job = Resolved(done, folder);
        var result = job.Execute(run);
        Finished?.Invoke(job, result, folder);
        return result;
    }

    private static IEnumerable<string> References(Operation operation) =>
        Settings.Of(operation.GetType()).All.Select(setting => setting.Of(operation))
            .SelectMany(value => value as IEnumerable<NetworkRef> ?? (value is NetworkRef one ? [one] : []))
            .Select(network => network.Step).OfType<string>().Distinct();

    /// <summary>The operation with files for references, and with its outputs in a folder.</summary>
    private Operation Resolved(StepResults done, string? folder)
    {
        var settings = Settings.Of(operation.GetType());
        return (Operation)settings.Build(settings.All.ToDictionary(setting => setting, setting => Resolved(setting, done, folder)));
    }

    private object? Resolved(Setting setting, StepResults done, string? folder) => setting.Of(operation) switch
    {
        NetworkRef network => Resolved(network, done),
        IEnumerable<NetworkRef> networks => networks.Select(network => Resolved(network, done)).ToArray(),
        // What writes folders of its own names into the one it stands in, writes them into the step's.
        "." when folder is not null && setting.Attribute<OutputAttribute>()?.Form == "FOLDER" => folder,
        string file when folder is not null && setting.Attribute<OutputAttribute>() is not null => Path.Combine(folder, Inside(file)),
        null when folder is not null && Finished is not null && IsPicture(setting) => Path.Combine(folder, "picture.png"),
        var value => value,
    };

    private static bool IsPicture(Setting setting) => Pictures.Contains(setting.Name) && setting.Attribute<OutputAttribute>()?.Form == PictureForm;

    private static NetworkRef Resolved(NetworkRef network, StepResults done) =>
        network.Step is { } step ? new(done[step].At(NetworkFile)) { Name = step } : network;

    /// <summary>The name of an output, which lies in its step's folder.</summary>
    /// <exception cref="BadInputException">It is more than a file's name.</exception>
    internal static string Inside(string file)
    {
        Require.That(
            Path.GetFileName(file) == file && file.Trim() is not (".." or "." or ""),
            $"A step's output is a file's name without folders; got {file}.");
        return file;
    }
}
