namespace Pentimento.Lab.Queries;

/// <summary>A question about an image: one of the set by its place, or a picture that the browser sends.</summary>
internal record ImageQuery
{
    /// <summary>The image's place in the set.</summary>
    public int? Image { get; init; }

    /// <summary>A picture's bytes as base64, instead.</summary>
    public string? Picture { get; init; }
}

/// <summary>What do the networks answer, and where do they look?</summary>
internal sealed record LookQuestion : ImageQuery
{
    /// <summary>The attribution method, or empty for none.</summary>
    public string? Method { get; init; }

    /// <summary>The cut that it looks at, or empty for its own choice.</summary>
    public string? Layer { get; init; }

    /// <summary>Whether each map has its own scale instead of one for all.</summary>
    public bool OwnScale { get; init; }
}

/// <summary>What do the networks answer as a cue of another image comes in?</summary>
internal sealed record CueQuestion : ImageQuery
{
    /// <summary>The cue, or hue for the circle of hues.</summary>
    public string Cue { get; init; } = "hue";

    /// <summary>The place of the image that gives its cue.</summary>
    public int? Donor { get; init; }

    /// <summary>The place along the doses that is looked at, which is answered first; the last where none is said.</summary>
    public int? Dose { get; init; }
}

/// <summary>What is inside a layer, and what if channels are ablated?</summary>
internal sealed record InsideQuestion : ImageQuery
{
    /// <summary>The network.</summary>
    public string? Model { get; init; }

    /// <summary>The cut, or the autoencoder whose features stand for channels.</summary>
    public string? Layer { get; init; }

    /// <summary>Which channels come first.</summary>
    public ChannelOrder Order { get; init; }

    /// <summary>The channels that are ablated.</summary>
    public IReadOnlyList<int> Ablated { get; init; } = [];

    /// <summary>What is added to channels.</summary>
    public IReadOnlyList<SteeredChannel> Steered { get; init; } = [];
}

/// <summary>Which channels come first.</summary>
internal enum ChannelOrder
{
    /// <summary>By their number.</summary>
    Number,

    /// <summary>The strongest on the image at hand.</summary>
    Here,

    /// <summary>Those that tell most of the class.</summary>
    Class,

    /// <summary>Those that tell most of the images' attribute, the colour for example, where the class is known.</summary>
    Attribute,
}

/// <summary>A channel to which something is added.</summary>
internal sealed record SteeredChannel(int Channel, double Added);

/// <summary>What is this channel?</summary>
internal sealed record ChannelQuestion : ImageQuery
{
    /// <summary>The network.</summary>
    public string? Model { get; init; }

    /// <summary>The cut, or the autoencoder whose features stand for channels.</summary>
    public string? Layer { get; init; }

    /// <summary>The channel.</summary>
    public int Channel { get; init; }
}
