using System.ComponentModel.DataAnnotations;
using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Experiments.Executors;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Operations;
using Pentimento.Training;

namespace Pentimento.Experiments;

/// <summary>Tries robust trainings side by side on what the user knows of the data, says which to use, and hands the network back.</summary>
/// <remarks>
/// Every method gets the same architecture, images, epochs and batch; a tenth of the images is held out (--hold-out). The last epoch's network is
/// kept: no set selects it. What other rules would have kept is told beside it. The advice compares methods on held-out training images, all and
/// those that contradict the model, its errors; the test sets only report. Where a method is recommended, --out F.safetensors gets its network.
/// Interrupted, it continues with the same --run.
///
/// With --against a cue is taken away from the network itself, whatever its file and images: it goes on from its own weights, trained for a few
/// epochs with the cue swapped at random between images, or with its last layer alone changed. Every method is measured on held-out images as they
/// are and with the cue of another class; the repaired network comes back in the form in which the model came.
/// </remarks>
/// <example>
/// pentimento repair lazy.safetensors --data rg_95z --out repaired.safetensors
/// pentimento repair lazy.safetensors --data rg_90z,rg_80z --leave-one-out
/// pentimento repair bird.onnx --data photos --against background --out bird-repaired.onnx
/// pentimento repair lazy.safetensors --data rg_95z --knows colors nuisance --methods group-balanced tint-swap --seeds 1 --budget 10
/// </example>
public sealed record Repair : NetworkOperation<RepairResult>
{
    /// <summary>The training sets; several are environments.</summary>
    public required IReadOnlyList<DataRef> Data { get; init; }

    /// <summary>Take this cue away from the network, beginning with its own weights: background, place, cell:row=0,column=0, ... Any network and
    /// images will do.</summary>
    public Cue? Against { get; init; }

    /// <summary>The optimizer of --against's training; the learning rate falls along a half cosine.</summary>
    public Optimizer Optimizer { get; init; } = new Adam();

    /// <summary>What methods may use: environments (taken for granted where several sets are given), some-colors (of held-out images), colors (of
    /// all), nuisance, corruption. By default nothing.</summary>
    public IReadOnlyList<Supervision> Knows { get; init; } = [];

    /// <summary>Only these of the bench's methods; with --against of cue-swap, cue-swap-last-layer and cue-projection.</summary>
    [Form("NAME")]
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>A recipe of methods, or the one that comes along.</summary>
    [Input("RECIPE")]
    public string Bench { get; init; } = "repair";

    /// <summary>How many seeds each method is trained with, from --seed (default: 1) on.</summary>
    [Range(1, int.MaxValue)]
    public int Seeds { get; init; } = 3;

    /// <summary>Number of epochs of each training; by default 3, with --against as many as make 600 steps.</summary>
    [Range(1, 100_000)]
    public int? Epochs { get; init; }

    /// <summary>Batch size, over all environments together; --against takes smaller ones where an epoch would have fewer than 50 steps.</summary>
    [Range(1, 1_000_000)]
    public int Batch { get; init; } = 256;

    /// <summary>Minutes after which no further training is begun.</summary>
    [Form("MINUTES"), Range(0.0, int.MaxValue), Incidental]
    public double? Budget { get; init; }

    /// <summary>The share of the training images that is not learned from but compares methods.</summary>
    [Form("SHARE"), Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double HoldOut { get; init; } = 0.1;

    /// <summary>Also train each method without each environment in turn, and report what selecting by that one gives.</summary>
    public bool LeaveOneOut { get; init; }

    /// <summary>The test set of the training distribution; by default the first training set's.</summary>
    public DataRef? Own { get; init; }

    /// <summary>The test set that misleads the other way; by default what the name says, gr_95z for rg_95z.</summary>
    public DataRef? Reversed { get; init; }

    /// <summary>A test set without colours; by default what the name says.</summary>
    public DataRef? Grey { get; init; }

    /// <summary>A reversed test set with noise and strokes; by default what the name says.</summary>
    public DataRef? Hard { get; init; }

    /// <summary>How many trainings run at a time.</summary>
    [Range(1, int.MaxValue), Incidental]
    public int Jobs { get; init; } = 1;

    /// <summary>Where methods are trained: local, with workers=N in as many processes, or slurm, on a cluster.</summary>
    [Incidental]
    public Executor On { get; init; } = new Local();

    /// <summary>Come back once the work is submitted to a cluster; follow it with attach.</summary>
    [Incidental]
    public bool Detach { get; init; }

    /// <summary>Where the recommended method's network is written, as .safetensors or .onnx. Another name is taken for the run's folder. With
    /// --against any of a network's endings, by default the model's own: MODEL-repaired.onnx of MODEL.onnx.</summary>
    [Output("FILE")]
    public string? Out { get; init; }

    /// <summary>The run's folder; one that is begun is continued. By default a new one in runs/.</summary>
    [Output("FOLDER"), Called("run")]
    public string? Folder { get; init; }

    internal override ulong DefaultSeed => 1;

    /// <inheritdoc/>
    internal override Continuation? Continuation => Against is not null ? null : new("Finished trainings", "run", Folder);

    private bool OutIsNetwork => Path.GetExtension(Out ?? "").ToLowerInvariant() is ".safetensors" or ".onnx";

    /// <inheritdoc/>
    internal override Operation Prepared() => Against is not null ? this with { Out = Path.GetFullPath(Out ?? Beside()) } : this with
    {
        Folder = Path.GetFullPath(Folder ?? (OutIsNetwork ? null : Out) ?? NewRun.Folder("repair")),
        Out = OutIsNetwork ? Path.GetFullPath(Out!) : null,
    };

    /// <inheritdoc/>
    internal override void Check()
    {
        Require.That(!LeaveOneOut || Data.Count > 1, $"--leave-one-out leaves one of several environments out; there is only {Data[0]}.");
        Require.That(HoldOut is > 0 and < 1, $"--hold-out is {HoldOut}; the advice needs images that no method learned from.");
        Require.That(
            Against is not null || Folder is null || Out is null || OutIsNetwork,
            $"--out {Out} is no .safetensors or .onnx, and --run names the folder already.");
        new Placement { Executor = On, Detach = Detach }.Check();
        if (Against is null) Applicable();
        else CheckAgainst();
    }

    /// <inheritdoc/>
    public override RepairResult Run(RunContext run)
    {
        var prepared = (Repair)Prepared();
        if (Against is { } cue) return Repaired(cue, prepared.Out!, run);
        var plan = RepairPlan.For([.. Data.Select(data => data.Text)], Own?.Text, Reversed?.Text, Grey?.Text, Hard?.Text) with
        {
            Seeds = Seeds,
            FirstSeed = run.Seed.Value,
            Epochs = Epochs ?? 3,
            Batch = Batch,
            Limit = Limit,
            HoldOut = HoldOut,
            Budget = Budget is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
            LeaveOneOut = LeaveOneOut,
        };
        using var model = Load(run);
        var placement = new Placement { Executor = On, Detach = Detach };
        var result = new RepairRun(plan, Applicable(), prepared.Folder!, Library(run).For(model.Shape), run) { On = placement }.Run(model, Jobs);
        if (prepared.Out is not { } file || result.Network is not { } network) return result;
        using var repaired = ModelFile.Read(network);
        ModelFile.Write(file, repaired, ModelFile.Describe(network).GetValueOrDefault("recipe", ""));
        return result with { Network = file };
    }

    private string Beside() => Path.Combine(
        Path.GetDirectoryName(Model.File) ?? "", $"{Path.GetFileNameWithoutExtension(Model.File)}-repaired{Path.GetExtension(Model.File)}");

    private void CheckAgainst()
    {
        CueMethod.Among(Methods);
        Require.That(Folder is null, $"--run is the folder of trainings from the beginning; --against writes one file, --out.");
        Require.That(!LeaveOneOut, $"--leave-one-out belongs to trainings from the beginning, not to --against.");
        Require.That(On is Local, $"--against trains here; --on {Catalog.NameOf(On)} belongs to trainings from the beginning.");
        Require.That(
            ModelFile.Endings.Contains(Path.GetExtension(Out ?? Beside()).ToLowerInvariant()),
            $"--out {Out ?? Beside()}: expected the file of a network, {string.Join(", ", ModelFile.Endings)}.");
    }

    /// <summary>Takes the cue away.</summary>
    private RepairResult Repaired(Cue cue, string file, RunContext run)
    {
        using var model = Load(run);
        var sets = FindAll(Data, Split.Train, model, run);
        var tests = FindAll(new[] { Own, Reversed, Grey, Hard }.OfType<DataRef>(), Split.Test, model, run);
        var repair = new CueRepair(cue, new() { Batch = Batch, Optimizer = Optimizer, Schedule = new Cosine() })
        {
            Epochs = Epochs,
            Methods = CueMethod.Among(Methods),
            Seeds = Seeds,
            HoldOut = HoldOut,
            Budget = Budget is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
            Model = $"{Model}",
        };
        return repair.Run(() => Load(run), sets, tests, file, run);
    }

    private IReadOnlyList<RepairMethod> Applicable() => RepairBench.Read(Bench).Applicable(Known(), Methods);

    /// <summary>All that is known: whoever knows every colour knows those of some images.</summary>
    private Supervision Known()
    {
        var known = Knows.Aggregate(Data.Count > 1 ? Supervision.Environments : Supervision.Nothing, (all, part) => all | part);
        Require.That(
            Data.Count > 1 || !known.HasFlag(Supervision.Environments),
            $"--knows environments needs several sets after --data, one an environment.");
        return known.HasFlag(Supervision.Colors) ? known | Supervision.SomeColors : known;
    }
}
