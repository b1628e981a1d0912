using System.ComponentModel.DataAnnotations;
using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Experiments.Executors;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Operations;
using Pentimento.Painting;
using Pentimento.Training;

namespace Pentimento.Experiments;

/// <summary>Repairs a network, says which method to use and what it costs, and hands the network back.</summary>
/// <remarks>
/// Beginning with the network's own weights, whatever its file and images: with --against a cue is taken away, with --attribute images are balanced
/// by what a table says of them, several sets are environments, and where nothing is said a cue is looked for as discover does. Plain fine-tuning on
/// the same images stands beside every method. Methods are compared on held-out images; the repaired network comes back in the form in which it
/// came, with a page. A network without a shortcut is left alone.
///
/// Training anew (--start scratch; the default for painted sets and with --reversed): every method of the bench gets the same architecture, images,
/// epochs and batch; a tenth of the images is held out (--hold-out). The last epoch's network is kept: no set selects it. What other rules would
/// have kept is told beside it. Interrupted, it continues with the same --run.
///
/// The advice goes by held-out training images, all and those that contradict the shortcut; test sets only report.
/// </remarks>
/// <example>
/// pentimento repair lazy.safetensors --data rg_95z --out repaired.safetensors
/// pentimento repair bird.onnx --data photos --out repaired
/// pentimento repair bird.onnx --data photos --against background --out bird-repaired.onnx --page repair.html
/// pentimento repair bird.onnx --data photos --attribute place
/// pentimento repair lazy.safetensors --data rg_90z,rg_80z --leave-one-out
/// pentimento repair lazy.safetensors --data rg_95z --knows colors nuisance --methods group-balanced tint-swap --seeds 1 --budget 10
/// </example>
public sealed record Repair : NetworkOperation<RepairResult>
{
    /// <summary>The training sets; several are environments.</summary>
    public required IReadOnlyList<DataRef> Data { get; init; }

    /// <summary>Take this cue away from the network, beginning with its own weights: background, place, cell:row=0,column=0, ... Any network and
    /// images will do.</summary>
    public Cue? Against { get; init; }

    /// <summary>The attribute of the images that misleads, e.g. a column of metadata.csv; images of which it is unknown, or empty, are learned from
    /// where methods can. Any network will do.</summary>
    [Form("ATTRIBUTE")]
    public string? Attribute { get; init; }

    /// <summary>What methods begin with: the network's own weights, or new ones. By default the own ones, except for painted sets and with
    /// --reversed, where neither --against nor --attribute is given.</summary>
    public RepairStart? Start { get; init; }

    /// <summary>The optimizer of methods that begin with the network's weights (default: adam:learning-rate=0.003, or 0.001 where a network's
    /// activations of an image take 8 MB or more, and less where plain fine-tuning does harm with that); the learning rate falls along a half
    /// cosine.</summary>
    public Optimizer? Optimizer { get; init; }

    /// <summary>The data augmentation of methods that begin with the network's weights and train them on, the control's too; a cue is swapped
    /// first.</summary>
    public Augmentation Augment { get; init; } = new Unchanged();

    /// <summary>What methods may use: environments (taken for granted where several sets are given), some-colors (of held-out images), colors (of
    /// all), nuisance, corruption. By default nothing.</summary>
    public IReadOnlyList<Supervision> Knows { get; init; } = [];

    /// <summary>Only these of the bench's methods. Of those that begin with the network's weights: cue-swap, cue-swap-last-layer and cue-projection
    /// where a cue is known, group-balanced and last-layer-retraining with an attribute, group-dro and v-rex with environments; on request
    /// cue-swap-half, and what needs nothing, and uses a cue or attribute where there is one: neuron-tuning, confusion-balanced, shortcut-prior,
    /// unsupervised-logit-adjustment, bias-amplification, diverse-prototypes, invariant-subnetwork, invariant-subnetwork-weights and
    /// concept-removal.</summary>
    [Form("NAME")]
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>A recipe of methods, or the one that comes along.</summary>
    [Input("RECIPE")]
    public string Bench { get; init; } = "repair";

    /// <summary>How many seeds each method is trained with, from --seed (default: 1) on.</summary>
    [Range(1, int.MaxValue)]
    public int Seeds { get; init; } = 3;

    /// <summary>Number of epochs of each training; by default 3, beginning with the own weights 6, but as many as make
    /// between 600 and 2,400 steps.</summary>
    [Range(1, 100_000)]
    public int? Epochs { get; init; }

    /// <summary>Batch size, over all environments together; beginning with the own weights it is smaller where an epoch would have fewer than 50
    /// steps.</summary>
    [Range(1, 1_000_000)]
    public int Batch { get; init; } = 256;

    /// <summary>Minutes after which no further training is begun.</summary>
    [Form("MINUTES"), Range(0.0, int.MaxValue), Incidental]
    public double? Budget { get; init; }

    /// <summary>The share of the training images that is not learned from but compares methods.</summary>
    [Form("SHARE"), Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double HoldOut { get; init; } = 0.1;

    /// <summary>The share of held-out images as they are that a repair may lose and still be recommended: a network that had its accuracy from a
    /// shortcut cannot keep all of it. By default half a point, or as much as it surely wins where the shortcut misleads if that is more.
    /// </summary>
    [Form("SHARE"), Range(0.0, 1.0)]
    public double? Cost { get; init; }

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

    /// <summary>Where the recommended method's network is written, as .safetensors or .onnx; beginning with the own weights any of a network's
    /// endings, by default the model's own: MODEL-repaired.onnx of MODEL.onnx. A name without an ending is a folder for the network and
    /// report.html.</summary>
    [Output("FILE")]
    public string? Out { get; init; }

    /// <summary>Write a page: before and after on every set and group, what is predicted otherwise, what it cost and how it was chosen.</summary>
    [Output("F.html")]
    public string? Page { get; init; }

    /// <summary>The run's folder; one that is begun is continued. By default a new one in runs/.</summary>
    [Output("FOLDER"), Called("run")]
    public string? Folder { get; init; }

    internal override ulong DefaultSeed => 1;

    /// <inheritdoc/>
    internal override Resumption? Resumption => BeginsWithWeights
        // A folder that is named without others lies within the step's.
        ? null : new("Finished trainings", "run", Folder) { IsRun = Folder is null || Path.IsPathRooted(Folder) };

    private bool OutIsNetwork => Path.GetExtension(Out ?? "").ToLowerInvariant() is ".safetensors" or ".onnx";

    // What stands behind a dot in net-0.5-repaired is no ending.
    private bool OutIsFolder => Out is not null && Path.GetExtension(Out) is "" or [_, not (>= 'a' and <= 'z' or >= 'A' and <= 'Z'), ..];

    private bool BeginsWithWeights => Start switch
    {
        RepairStart.Weights => true,
        RepairStart.Scratch => false,
        _ => Against is not null || Attribute is not null || (Reversed is null && !Canvas.MatchesGrammar(Data[0].Text.Split(':')[0])),
    };

    /// <inheritdoc/>
    internal override Operation Prepared() => BeginsWithWeights
        ? this with
        {
            Out = Path.GetFullPath(
                OutIsFolder ? Path.Combine(Out!, Repaired) : Out ?? Path.Combine(Path.GetDirectoryName(Model.File) ?? "", Repaired)),
            Page = Page ?? (OutIsFolder ? Path.Combine(Out!, "report.html") : null),
        }
        : this with
        {
            Folder = Path.GetFullPath(Folder ?? (OutIsNetwork ? null : Out) ?? NewRun.Folder("repair")),
            Out = OutIsNetwork ? Path.GetFullPath(Out!) : null,
        };

    /// <inheritdoc/>
    internal override void Check()
    {
        Require.That(!LeaveOneOut || Data.Count > 1, $"--leave-one-out leaves one of several environments out; there is only {Data[0]}.");
        Require.That(HoldOut is > 0 and < 1, $"--hold-out is {HoldOut}; the advice needs images that no method learned from.");
        Require.That(Against is null || Attribute is null, $"--against names a cue and --attribute an attribute; give one of them.");
        Require.That(
            BeginsWithWeights || (Against is null && Attribute is null),
            $"--against and --attribute begin with the network's own weights; --start scratch trains new ones.");
        Require.That(
            BeginsWithWeights || Folder is null || Out is null || OutIsNetwork,
            $"--out {Out} is no .safetensors or .onnx, and --run names the folder already.");
        new Placement { Executor = On, Detach = Detach }.Check();
        Require.That(
            BeginsWithWeights || (Optimizer is null && Augment is Unchanged),
            $"--optimizer and --augment belong to what begins with the network's weights; a bench's methods train anew: say --start weights.");
        if (BeginsWithWeights) CheckWeights();
        else Applicable();
    }

    /// <inheritdoc/>
    internal override RepairResult Run(RunContext run)
    {
        var prepared = (Repair)Prepared();
        if (BeginsWithWeights) return FineTuned(prepared.Out!, run) with { Page = prepared.Page };
        var plan = RepairPlan.For([.. Data.Select(data => data.Text)], Own?.Text, Reversed?.Text, Grey?.Text, Hard?.Text) with
        {
            Seeds = Seeds,
            FirstSeed = run.Seed.Value,
            Epochs = Epochs ?? 3,
            Batch = Batch,
            Limit = Limit,
            HoldOut = HoldOut,
            Cost = Cost,
            Budget = Budget is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
            LeaveOneOut = LeaveOneOut,
        };
        using var model = Load(run);
        var placement = new Placement { Executor = On, Detach = Detach };
        var result = new RepairRun(plan, Applicable(), prepared.Folder!, Library(run).For(model.Shape), run) { On = placement }.Run(model, Jobs);
        result = result with { Page = Page ?? Path.Combine(prepared.Folder!, "report.html") };
        if (prepared.Out is not { } file || result.Network is not { } network) return result;
        using var repaired = ModelFile.Read(network);
        ModelFile.Write(file, repaired, ModelFile.Describe(network).GetValueOrDefault("recipe", ""));
        return result with { Network = file };
    }

    private string Repaired => $"{Path.GetFileNameWithoutExtension(Model.File)}-repaired{Path.GetExtension(Model.File)}";

    private void CheckWeights()
    {
        FineTuneMethod.CheckNames(Methods);
        Require.That(
            Folder is null, $"--run is the folder of trainings from the beginning; what begins with the own weights writes --out and --page.");
        Require.That(!LeaveOneOut, $"--leave-one-out belongs to trainings from the beginning: say --start scratch.");
        Require.That(On is Local, $"What begins with the own weights trains here; --on {Catalog.NameOf(On)} belongs to --start scratch.");
        Require.That(
            Knows.Count == 0, $"--knows belongs to trainings from the beginning; --attribute color says that the color misleads.");
        var file = OutIsFolder || Out is null ? Repaired : Out;
        ModelFile.CheckName(file, "--out");
    }

    /// <summary>Small networks are not far from where they began when they have learned what they left to a cue.</summary>
    internal static Adam UsualFor(Classifier network) => new(BatchSize.IsLarge(network) ? 0.001 : 0.003);

    /// <summary>Repairs the network beginning with its own weights.</summary>
    private RepairResult FineTuned(string file, RunContext run)
    {
        using var model = Load(run);
        var sets = FindAll(Data, Split.Train, model, run);
        // A set may be named twice, as the own one and as the one in which the shortcut misleads.
        DataRef[] named = [.. new[] { Own, Reversed, Grey, Hard }.OfType<DataRef>().DistinctBy(set => set.Text)];
        var tests = FindAll(named, Split.Test, model, run);
        var pretrained = new Pretrained { File = Model.File, Network = Network ?? new Cnn3() };
        var training = new TrainingOptions { Batch = Batch, Optimizer = Optimizer ?? UsualFor(model), Schedule = new Cosine(), Augment = Augment };
        var repair = new FineTuneRepair(training)
        {
            AdaptsRate = Optimizer is null,
            Cue = Against,
            Attribute = Attribute,
            Epochs = Epochs,
            Methods = Methods,
            Seeds = Seeds,
            HoldOut = HoldOut,
            Cost = Cost,
            Budget = Budget is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
            Model = $"{Model}",
            Begin = Preprocess is null ? pretrained : pretrained with { Preprocess = $"{Preprocess}" },
        };
        var reversed = Reversed is null ? null : tests[Array.FindIndex(named, set => set.Text == Reversed.Text)].Name;
        return repair.Run(() => Load(run), sets, tests, file, run) with { ReversedTest = reversed };
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
