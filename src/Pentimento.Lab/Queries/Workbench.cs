using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Reports.Pictures;
using static TorchSharp.torch;

namespace Pentimento.Lab.Queries;

/// <summary>The networks and images that the screens ask about; one question at a time.</summary>
public sealed class Workbench : IDisposable
{
    private readonly Lock turn = new();

    /// <summary>Puts networks and images on the bench.</summary>
    /// <param name="networks">The networks; they are disposed with the bench.</param>
    /// <param name="images">The images, or null.</param>
    /// <param name="data">How the user called them, or null.</param>
    /// <param name="autoencoders">The autoencoders at hand; disposed with the bench.</param>
    /// <param name="run">Device, seed and cancellation.</param>
    internal Workbench(IReadOnlyList<LabNetwork> networks, ImageSet? images, string? data, AutoencoderShelf autoencoders, RunContext run) =>
        (Networks, Images, Data, Autoencoders, Run) = (networks, images, data, autoencoders, run);

    /// <summary>The networks.</summary>
    internal IReadOnlyList<LabNetwork> Networks { get; }

    /// <summary>The images.</summary>
    internal ImageSet? Images { get; }

    /// <summary>How the user called the images.</summary>
    internal string? Data { get; }

    /// <summary>The autoencoders at hand.</summary>
    internal AutoencoderShelf Autoencoders { get; }

    /// <summary>Device, seed and cancellation.</summary>
    internal RunContext Run { get; }

    /// <summary>The size of the images.</summary>
    /// <exception cref="BadInputException">There is neither an image nor a network.</exception>
    internal ImageShape Shape => Images?.Shape ?? (Networks.Count > 0 ? Networks[0].Network.Shape
        : throw new BadInputException("The lab was opened without networks and images."));

    /// <summary>Answers a question once it is its turn; tensors that it makes are gone with it.</summary>
    internal async Task<T> InTurn<T>(Func<T> question) => await Task.Run(() =>
    {
        lock (turn)
        {
            using var scope = NewDisposeScope();
            return question();
        }
    });

    /// <summary>The network of this name; the first where none is named.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    internal LabNetwork Find(string? name)
    {
        Require.That(Networks.Count > 0, $"The lab was opened without a network.");
        if (string.IsNullOrEmpty(name)) return Networks[0];
        return Networks.FirstOrDefault(network => network.Name == name)
            ?? throw new BadInputException($"There is no network '{name}'; {Names.Suggest(name, Networks.Select(network => network.Name))}");
    }

    /// <summary>What a name of the screen means in a network: the features of an autoencoder, or else the channels of a layer.</summary>
    /// <exception cref="BadInputException">There is no such layer.</exception>
    internal ChannelBasis BasisOf(LabNetwork network, string? name)
    {
        var features = string.IsNullOrEmpty(name) || network.Network.Cuts.Contains(name)
            ? null : Autoencoders.Of(network).FirstOrDefault(basis => basis.Name == name);
        return features ?? (ChannelBasis)new LayerBasis(ChannelInspection.LayerOf(network, name));
    }

    /// <summary>The predicted classes of all images.</summary>
    internal Predictions PredictionsOf(LabNetwork network) => network.Predictions ??= Predictions.Of(network.Network, RequireImages(), Run);

    /// <summary>The images.</summary>
    /// <exception cref="BadInputException">There are none.</exception>
    internal ImageSet RequireImages() => Images ?? throw new BadInputException("The lab was opened without images; give --data.");

    /// <summary>An image that a question is about, uint8 (1, H, W, C).</summary>
    /// <param name="place">Its place in the set, or null.</param>
    /// <param name="picture">Or the bytes of a picture, as base64.</param>
    /// <exception cref="BadInputException">There is no such image, or the picture cannot be read.</exception>
    internal Tensor ImageOf(int? place, string? picture)
    {
        if (picture is not null) return tensor(SentPicture.Decode(picture, Shape), 1, Shape.Height, Shape.Width, Shape.Channels);
        var set = RequireImages();
        Require.That(place is >= 0 && place < set.Count, $"There is no image {place}; {set.Name} has {set.Count:N0}, from 0 on.");
        return set.Pick([place.Value]).Tensor();
    }

    /// <summary>An image as networks read it, float32 (1, C, H, W) in [0, 1].</summary>
    internal Tensor Read(Tensor image) => Pixels.Slice(image, 0, 1).to(Run.Device.ToTorch());

    /// <summary>An image as browsers show it.</summary>
    /// <param name="pixels">float32 (1, C, H, W) in [0, 1].</param>
    internal Picture Shown(Tensor pixels) => Picture.Of(pixels.cpu().contiguous().data<float>().ToArray(), Shape);

    /// <summary>What a class is called.</summary>
    internal string ClassName(Classifier network, long label)
    {
        var names = network.ClassNames.Count > 0 ? network.ClassNames : Images?.ClassNames ?? [];
        return label < names.Count ? names[(int)label] : label.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (turn)
        {
            foreach (var network in Networks) network.Dispose();
            Autoencoders.Dispose();
        }
    }
}
