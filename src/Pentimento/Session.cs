using Pentimento.Checks;
using Pentimento.Cues;
using Pentimento.Experiments;
using Pentimento.Operations;

namespace Pentimento;

/// <summary>A piece of work with one device, one seed and one set of cores: the way to run operations from a program.</summary>
/// <example>
/// using var pentimento = Pentimento.Session.Open(seed: 1);
/// var audit = pentimento.Audit("lazy.safetensors", "gr_95z");
/// Console.WriteLine(audit.Verdict);
/// </example>
public sealed class Session : IDisposable
{
    private readonly CancellationTokenSource cancellation = new();
    private readonly RunContext context;

    // References are relative to where the session was opened, wherever the program goes later.
    private readonly string folder = Directory.GetCurrentDirectory();

    private Session(Device device, ulong seed, int threads, string cache, IProgress<Progress> progress) =>
        context = new(device, new(seed), progress, cancellation.Token) { Threads = threads, Cache = cache };

    /// <summary>Opens a session: loads libtorch and fixes device, seed and threads.</summary>
    /// <param name="seed">Decides every random number.</param>
    /// <param name="device">Where tensors live.</param>
    /// <param name="threads">How many cores may be used; 0 for all.</param>
    /// <param name="cache">The folder where painted datasets are kept; by default pentimento in the user's folder for local data.</param>
    /// <param name="progress">Receives reports of progress; by default nobody does.</param>
    /// <exception cref="BadInputException">libtorch does not load here, or the device is missing.</exception>
    public static Session Open(
        ulong seed = 0, Device device = Device.Cpu, int threads = 0, string? cache = null, IProgress<Progress>? progress = null)
    {
        Native.Load(threads, device);
        var painted = cache ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "pentimento");
        return new(device, seed, threads, painted, progress ?? RunContext.OnCpu().Progress);
    }

    /// <summary>Runs an operation.</summary>
    /// <exception cref="BadInputException">An input cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The session was cancelled.</exception>
    public TResult Run<TResult>(Operation<TResult> operation) where TResult : class => (TResult)operation.Execute(context);

    /// <summary>Cancels the operation that is running; it ends with an <see cref="OperationCanceledException"/>.</summary>
    public void Cancel() => cancellation.Cancel();

    /// <summary>Refers to a trained network in a file.</summary>
    public NetworkRef Network(string file) => Path.Combine(folder, file);

    /// <summary>Refers to images: a painted set's name, a built folder, an npz, or a folder of pictures.</summary>
    public DataRef Images(string data) => Path.Exists(Path.Combine(folder, data)) ? Path.Combine(folder, data) : data;

    /// <summary>Measures a network's accuracy on sets of images.</summary>
    /// <inheritdoc cref="Run{TResult}(Operation{TResult})"/>
    public EvaluateResult Evaluate(NetworkRef model, params IReadOnlyList<DataRef> data) => Run(new Evaluate { Model = model, Data = data });

    /// <summary>Says whether a network's predictions follow the colour or the shape.</summary>
    /// <inheritdoc cref="Run{TResult}(Operation{TResult})"/>
    public AuditResult Audit(NetworkRef model, DataRef data, int limit = 0) => Run(new Audit { Model = model, Data = data, Limit = limit });

    /// <summary>Decides whether a network meets requirements, each as <c>accuracy &gt;= 0.97</c>.</summary>
    /// <inheritdoc cref="Run{TResult}(Operation{TResult})"/>
    public CheckResult Check(NetworkRef model, DataRef data, params IReadOnlyList<Requirement> requirements) =>
        Run(new CheckRequirements { Model = model, Data = data, Requirements = requirements });

    /// <summary>Finds the cues that a network follows, and says which are shortcuts.</summary>
    /// <inheritdoc cref="Run{TResult}(Operation{TResult})"/>
    public DiscoverResult Discover(NetworkRef model, DataRef data, int limit = 0) => Run(new Discover { Model = model, Data = data, Limit = limit });

    /// <summary>Repairs a network, beginning with its own weights: takes a cue away or, where none is named, the one that is found. Where a method is
    /// recommended, its network is written in the form in which the model came, to <paramref name="file"/> or beside the model as
    /// MODEL-repaired.</summary>
    /// <inheritdoc cref="Run{TResult}(Operation{TResult})"/>
    public RepairResult Repair(NetworkRef model, DataRef data, Cue? against = null, string? file = null, int limit = 0) => Run(new Repair
    {
        Model = model,
        Data = [data],
        Against = against,
        Start = RepairStart.Weights,
        Out = file is null ? null : Path.Combine(folder, file),
        Limit = limit,
    });

    /// <inheritdoc/>
    public void Dispose() => cancellation.Dispose();
}
