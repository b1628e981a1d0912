using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Probing;

namespace Pentimento.Operations;

/// <summary>Synthesizes the images that activate each channel of a layer most strongly.</summary>
/// <remarks>
/// All channels are optimised in one batch. A picture is no evidence by itself, so each is measured: does it activate its channel more than the best
/// real image, and does it travel through the network as that channel's best real images do (path: a rank correlation; real path is what those images
/// have among themselves)?
/// </remarks>
/// <example>
/// pentimento visualize lazy.safetensors --layer conv3
/// pentimento visualize lazy.safetensors --layer fc2 --with fourier:steps=512 --out classes
/// pentimento visualize lazy.safetensors --layer relu2 --channels 4,7 --copies 4 --aim center
/// </example>
public sealed record Visualize : NetworkOperation<VisualizeResult>
{
    private const int NearestReal = 10;

    /// <summary>
    /// The cut whose channels are drawn (default: the last with maps after ReLU, or what the last linear layer reads); the last cut's channels
    /// are the classes.
    /// </summary>
    [Form("L")]
    public string? Layer { get; init; }

    /// <summary>Which channels, e.g. 0,3,8 (default: all, of large networks the first).</summary>
    [Form("IDS")]
    public IReadOnlyList<int> Channels { get; init; } = [];

    /// <summary>The method of feature visualization.</summary>
    [Called("with")]
    public Visualization Method { get; init; } = new JitteredAscent();

    /// <summary>What is maximised: the mean over the channel's places, its center or its maximum.</summary>
    [Called("aim")]
    public MapReduction Reduction { get; init; }

    /// <summary>How many different pictures of each channel.</summary>
    [Range(1, int.MaxValue)]
    public int Copies { get; init; } = 1;

    /// <summary>The real images that each picture is measured against.</summary>
    public DataRef Data { get; init; } = "un_0z";

    /// <summary>Where the pictures are written.</summary>
    [Output("FOLDER")]
    public string Out { get; init; } = "visualizations";

    /// <inheritdoc/>
    internal override VisualizeResult Run(RunContext run)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var network = Load(run, Layer is null ? [] : [Layer]);
        var layer = Layer ?? network.UsualLayer;
        var real = Find(Data, Split.Test, network.Shape, run);
        Require.That(real.Shape == network.Shape, $"The network reads images of {network.Shape}, {real.Name} has {real.Shape}; say --data.");
        var count = VisualizationTarget.ChannelsOf(network, layer);
        foreach (var channel in Channels)
            Require.That(channel >= 0 && channel < count, $"--channels: '{channel}' is no channel from 0 to {count - 1}.");
        var target = new VisualizationTarget(layer, Channels.Count > 0 ? Channels : Usual(network, layer, count, run), Reduction, Copies);
        var pictures = Method.Draw(network, target, real, run.For("visualize"));
        var checks = PictureCheck.Of(network, target, pictures, real, Math.Min(NearestReal, real.Count), run);
        // A picture of an activation that is no number shows where the ascent began.
        Require.That(
            checks.All(check => double.IsFinite(check.Activation) && double.IsFinite(check.BestReal)),
            $"Activations of {layer} are not numbers (NaN or infinite): the network's weights are damaged, or its training diverged.");
        var folder = Path.GetFullPath(Out);
        return new(layer, Method, Path.Combine(folder, $"{layer}.png"), [.. checks.Select((check, at) => Measured(check, at % Copies, layer,
            folder))])
        {
            Shape = network.Shape,
            Pixels = [.. Enumerable.Range(0, checks.Count).Select(at => pictures[at].cpu().contiguous().data<float>().ToArray())],
        };
    }

    /// <summary>All channels, or as many as are drawn in some minutes.</summary>
    private int[] Usual(Classifier network, string layer, int count, RunContext run)
    {
        var drawn = Math.Max(1, Visualization.AffordableOf(network, count * Copies) / Copies);
        if (drawn < count)
        {
            run.Notice($"{layer} has {count:N0} channels, each of which takes a network of this size long: "
                + $"the first {(drawn == 1 ? "is" : $"{drawn} are")} drawn; --channels names others.");
        }

        return [.. Enumerable.Range(0, drawn)];
    }

    private VisualizedChannel Measured(PictureCheck check, int copy, string layer, string folder)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{layer}-{check.Channel:000}{(Copies > 1 ? $"-{copy}" : "")}.png");
        return new(
            check.Channel, copy, check.Activation, check.BestReal, check.Activation > check.BestReal, check.Path, check.RealPath,
            Path.Combine(folder, name));
    }
}

/// <summary>Pictures of a layer's channels, each measured against real images.</summary>
/// <param name="Layer">The cut.</param>
/// <param name="Method">The method of feature visualization.</param>
/// <param name="Sheet">The file of all pictures side by side.</param>
/// <param name="Images">The pictures; the copies of a channel stand together.</param>
public sealed record VisualizeResult(string Layer, Visualization Method, string Sheet, IReadOnlyList<VisualizedChannel> Images)
{
    /// <summary>float32 (C, H, W) of each picture.</summary>
    [JsonIgnore]
    internal IReadOnlyList<float[]> Pixels { get; init; } = [];

    /// <summary>The size of the pictures.</summary>
    [JsonIgnore]
    internal ImageShape? Shape { get; init; }
}

/// <summary>One picture of a channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Copy">Which of the channel's pictures.</param>
/// <param name="Activation">The channel's activation by the picture.</param>
/// <param name="BestReal">Its largest activation by a real image.</param>
/// <param name="BeatsBestReal">Whether the picture's activation is larger.</param>
/// <param name="Path">
/// The rank correlation, over the channels of each layer on the way and averaged over layers, between the picture and the channel's best real images.
/// </param>
/// <param name="RealPath">The same between those images themselves.</param>
/// <param name="File">The file of the picture.</param>
public sealed record VisualizedChannel(
    int Channel,
    int Copy,
    double Activation,
    double BestReal,
    bool BeatsBestReal,
    double Path,
    double RealPath,
    string File);
