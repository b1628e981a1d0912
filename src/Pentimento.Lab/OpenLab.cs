using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Text.Json.Serialization;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Lab.Queries;
using Pentimento.Lab.Jobs;
using Pentimento.Lab.Runs;
using Pentimento.Lab.Server;
using Pentimento.Networks;
using Pentimento.Operations;
using Pentimento.Sparse;

namespace Pentimento.Lab;

/// <summary>Opens the lab: a local web page on which networks are looked into, fooled, edited and audited by hand.</summary>
/// <remarks>
/// The page is served to this machine's loopback address alone, behind a token that works once; nothing leaves the machine. Jobs are steps of the
/// run's
/// store: they go on when the browser is closed, and after a crash the next lab on the same --run takes them up. Without a MODEL and with the
/// --run of a finished run, its networks are opened, on the images that told them apart. Ctrl-C ends it.
/// </remarks>
/// <example>
/// pentimento lab lazy.safetensors repaired.safetensors --data gr_95z
/// pentimento lab bird.onnx --data photos --run runs/bird
/// pentimento lab lazy.safetensors --data rg_95z --autoencoder features.safetensors
/// pentimento lab --run runs/first
/// </example>
[Called("lab")]
public sealed record OpenLab : DataOperation<LabResult>
{
    /// <summary>The networks, side by side on every screen; a name may stand before a file, as in lazy=a.safetensors.</summary>
    [Argument, Called("model")]
    public IReadOnlyList<NetworkRef> Models { get; init; } = [];

    /// <summary>The architecture of weights that do not name their own, e.g. cnn3.</summary>
    public Architecture? Network { get; init; }

    /// <summary>What is done to images in [0, 1] before networks read them: imagenet, symmetric, caffe, none, or steps as mean=0.5,std=0.5.</summary>
    [Form("STEPS")]
    public Preprocess? Preprocess { get; init; }

    /// <summary>The images to look at; without them there is the canvas, the camera, and what is dropped on the page.</summary>
    public DataRef? Data { get; init; }

    /// <summary>Autoencoders whose features are looked into as channels are, as 'pentimento decompose' wrote them.</summary>
    [Input("F"), Called("autoencoder")]
    public IReadOnlyList<string> Autoencoders { get; init; } = [];

    /// <summary>The folder of the jobs' store; by default a new one in runs/.</summary>
    [Output("FOLDER"), Called("run")]
    public string? Folder { get; init; }

    /// <summary>The port on the loopback address; 0 for any that is free.</summary>
    [Range(0, 65535), Incidental]
    public int Port { get; init; }

    /// <summary>Do not open a browser; print the address only.</summary>
    [Incidental]
    public bool NoBrowser { get; init; }

    /// <inheritdoc/>
    internal override Operation Prepared() => this with { Folder = Path.GetFullPath(Folder ?? Experiments.NewRun.Folder("lab")) };

    /// <inheritdoc/>
    internal override void Check()
    {
        var twice = Models.GroupBy(model => model.Name).FirstOrDefault(group => group.Count() > 1);
        Require.That(twice is null, $"Two networks are called {twice?.Key}; name them, as in first={twice?.First().File}.");
    }

    /// <inheritdoc/>
    internal override LabResult Run(RunContext run)
    {
        var prepared = (OpenLab)Prepared();
        var opened = Models.Count == 0 && Folder is not null ? OpenedRun.Of(prepared.Folder!) : new(Models, null);
        var data = Data ?? opened.Data;
        var networks = opened.Models.Select(model => new LabNetwork(
            model.Name, model.File, Flattened(NetworkOperation<LabResult>.Load(model, Network, Preprocess, null, run)))
        {
            Spec = Network is null ? null : Catalog.Write(Network),
        }).ToList();
        var images = data is null ? null : Images(data, networks, run);
        var autoencoders = new AutoencoderShelf(Autoencoders, prepared.Folder!, run.Device);
        autoencoders.Check(networks);
        var bench = new Workbench(networks, images, data?.Text, autoencoders, run.WithoutProgress());
        var server = LabServer.Start(bench, new JobQueue(prepared.Folder!, run.WithoutProgress()), Port);
        if (!NoBrowser) Browse(server.Address);
        return new(server.Address) { Server = server };
    }

    /// <inheritdoc/>
    internal override void Remain(object result, CancellationToken cancel)
    {
        using var server = ((LabResult)result).Server!;
        cancel.WaitHandle.WaitOne();
    }

    /// <summary>The network with the cuts that the autoencoders take apart, where they are places of maps.</summary>
    private Classifier Flattened(Classifier network) => Autoencoders.Select(AutoencoderFile.Layer)
        .Where(layer => layer.EndsWith("-flat", StringComparison.Ordinal) && network.Cuts.Contains(layer[..^"-flat".Length]))
        .Aggregate(network, Networks.Flattened.With);

    private ImageSet Images(DataRef data, List<LabNetwork> networks, RunContext run)
    {
        if (networks.Count == 0) return Find(data, Split.Test, run);
        var set = Evaluation.ClassAgreement.Fitted(networks[0].Network, Find(data, Split.Test, networks[0].Network.Shape, run));
        foreach (var network in networks) Evaluation.ClassAgreement.Check(network.Network, set);
        return set;
    }

    private static void Browse(string address)
    {
        var opener = OperatingSystem.IsWindows() ? "explorer" : OperatingSystem.IsMacOS() ? "open" : "xdg-open";
        try
        {
            // What an opener without a screen complains of is nobody's business here.
            using var browser = Process.Start(new ProcessStartInfo(opener, [address])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Without a browser the address that is printed is enough.
        }
    }
}

/// <summary>The lab that is open.</summary>
/// <param name="Address">The page with its token, which works once.</param>
public sealed record LabResult(string Address)
{
    /// <summary>The server, which serves until it is disposed.</summary>
    [JsonIgnore]
    internal LabServer? Server { get; init; }
}
