namespace Pentimento.Lab.Queries;

/// <summary>A class with its probability.</summary>
internal sealed record ClassShare(string Class, double Share);

/// <summary>What a network answers to an image.</summary>
/// <param name="Network">Its name.</param>
/// <param name="Classes">The likeliest classes, the likeliest first.</param>
internal sealed record NetworkAnswer(string Network, IReadOnlyList<ClassShare> Classes)
{
    /// <summary>Where the evidence lies, as a picture's address; null where none was asked for.</summary>
    public string? Map { get; init; }

    /// <summary>What must be known of the map.</summary>
    public string? Note { get; init; }
}

/// <summary>How a question is asked without the lab.</summary>
/// <param name="Command">As a command.</param>
/// <param name="Code">As C#.</param>
internal sealed record CodeSnippet(string Command, string Code);

/// <summary>An image with the networks' answers.</summary>
internal sealed record LookAnswer(string Picture, string? Label, IReadOnlyList<NetworkAnswer> Networks, CodeSnippet Elsewhere);

/// <summary>An image under growing doses of a cue, at those that are known so far.</summary>
/// <param name="Doses">All doses, or hues in degrees.</param>
/// <param name="Places">Which of them are known, in order.</param>
/// <param name="Pictures">The image at those that this frame adds, by their place.</param>
/// <param name="Curves">The networks' probabilities at those that are known.</param>
/// <param name="Elsewhere">The same as a command and as C#.</param>
internal sealed record CueFrame(
    IReadOnlyList<double> Doses,
    IReadOnlyList<int> Places,
    IReadOnlyDictionary<int, string> Pictures,
    IReadOnlyList<CueCurve> Curves,
    CodeSnippet Elsewhere);

/// <summary>A network's probabilities along the doses, for the classes that it names at any.</summary>
/// <param name="Network">The network.</param>
/// <param name="Classes">The classes.</param>
/// <param name="Shares">[known dose][class].</param>
/// <param name="Predicted">The predicted class at each known dose.</param>
internal sealed record CueCurve(
    string Network, IReadOnlyList<string> Classes, IReadOnlyList<IReadOnlyList<double>> Shares, IReadOnlyList<string> Predicted);

/// <summary>One frame of an attack; where it fools, with what its change exploits.</summary>
internal sealed record AttackFrame(
    int Steps, string Picture, string Change, IReadOnlyList<NetworkAnswer> Networks, bool Fooled, bool Last, IReadOnlyList<ChangePart> Parts);

/// <summary>A layer's channels, or the features of an autoencoder, on an image, and what ablating some of them does.</summary>
internal sealed record InsideAnswer(
    string Layer,
    string Unit,
    IReadOnlyList<ChannelMap> Channels,
    int Hidden,
    int Silent,
    NetworkAnswer Before,
    NetworkAnswer After,
    double? AccuracyBefore,
    double? AccuracyAfter,
    int Counted,
    double? Explained,
    string? Note,
    CodeSnippet Elsewhere);

/// <summary>One channel's map on an image, with what it tells where channels are ordered by that.</summary>
internal sealed record ChannelMap(int Channel, string Picture, double Mean, double? Share);
