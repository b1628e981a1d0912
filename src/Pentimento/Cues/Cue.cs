using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>
/// A cue: a part or a property of an image that a network may follow instead of what the image shows. It can be taken from one image, put into
/// another while the rest stays, and read alone.
/// </summary>
[Family("cues")]
public abstract record Cue
{
    /// <summary>Reads a SPEC: a name of the catalogue with its hyper-parameters.</summary>
    /// <exception cref="BadInputException">The name or a hyper-parameter is unknown, or a value is out of range.</exception>
    public static implicit operator Cue(string spec) => Catalog.Read<Cue>(spec);

    /// <summary>Gives each image the cue of its donor and leaves the rest as it is; an image that is its own donor stays as it is.</summary>
    /// <param name="images">float32 (N, C, H, W) in [0, 1], not changed.</param>
    /// <param name="donors">float32 (N, C, H, W) in [0, 1], not changed.</param>
    /// <returns>The same shape and range.</returns>
    public Tensor Swap(Tensor images, Tensor donors)
    {
        using var scope = NewDisposeScope();
        return Put(images, donors).clamp(0, 1).MoveToOuterDisposeScope();
    }

    /// <summary>The same where the pictures say themselves where their objects lie.</summary>
    /// <param name="images">float32 (N, C, H, W) in [0, 1], not changed.</param>
    /// <param name="donors">float32 (N, C, H, W) in [0, 1], not changed.</param>
    /// <param name="cover">float32 (N, 1, H, W) in [0, 1], what part of each pixel of the images their objects cover.</param>
    /// <param name="donorCover">The same of the donors.</param>
    internal Tensor Swap(Tensor images, Tensor donors, Tensor cover, Tensor donorCover)
    {
        using var scope = NewDisposeScope();
        return Put(images, donors, cover, donorCover).clamp(0, 1).MoveToOuterDisposeScope();
    }

    /// <summary>The numbers that the cue consists of, without the rest of the image.</summary>
    /// <param name="images">float32 (N, C, H, W) in [0, 1], not changed.</param>
    /// <returns>float32 (N, k), each number of the order of 1.</returns>
    public Tensor Read(Tensor images)
    {
        using var scope = NewDisposeScope();
        return Numbers(images).MoveToOuterDisposeScope();
    }

    /// <summary>The same where the pictures say themselves where their objects lie.</summary>
    internal Tensor Read(Tensor images, Tensor cover)
    {
        using var scope = NewDisposeScope();
        return Numbers(images, cover).MoveToOuterDisposeScope();
    }

    /// <summary>Where in the image the cue lies; null where it has no place of its own.</summary>
    internal virtual string? Place => null;

    /// <summary>How it stands to what the image shows, and so how much must be shown before following it is called a fault.</summary>
    internal virtual CueKind Kind => CueKind.Content;

    /// <summary>Where it may be what is shown: of the errors of honest networks where it misleads, the part that its right value mends at most,
    /// beyond what any such change mends.</summary>
    internal virtual double HonestlyMended => 0.5;

    /// <summary>Where it is how something looks or is shown: the accuracy of honest networks that surely hangs on it at most, beyond the
    /// control.</summary>
    /// <remarks>Of 39 clean networks of digits and clothes 0.039 by size, sharpness or texture, of 26 others 0.08 by statistics of colours; of
    /// planted sizes 0.19 and more.</remarks>
    internal virtual double HonestlyLost => 0.15;

    /// <summary>Where it is no fault to follow it a little: the accuracy that must surely hang on it, beyond the control; 0 where nothing must.
    /// </summary>
    internal virtual double LeastLost => Kind == CueKind.Manner && !IsNeverShown ? MuchOfManner : 0;

    /// <summary>Of 39 clean networks of digits and clothes 0.039 hung for certain at most on how something is shown, on planted sizes and blurs 0.08
    /// and more.</summary>
    internal const double MuchOfManner = 0.08;

    /// <summary>How much else the cue carries along: 0 for one part or property, more for cues of which others are a part. Of suspects that are
    /// about as grave the narrower is named first.</summary>
    internal virtual int Breadth => 0;

    /// <summary>The cues that it consists of: itself alone, but for one that is several at once.</summary>
    internal virtual IReadOnlyList<Cue> Parts => [this];

    /// <summary>Whether all of it belongs to another cue, too, which changes more of the image.</summary>
    internal virtual bool IsPartOf(Cue other) => false;

    /// <summary>Whether what it exchanges is nothing of what is shown where images contradict it, but was laid over it, or is a lens's doing: then
    /// nothing else is asked than that it misleads.</summary>
    internal virtual bool IsNeverShown => false;

    /// <summary>Whether it is drawn into images, and so may be all that there is to see of a class, as an icon is.</summary>
    internal virtual bool IsDrawn => false;

    /// <summary>Whether it is nothing of what is shown: it lies beside that, or was laid over it.</summary>
    internal bool IsExtraneous => Kind == CueKind.Beside || IsNeverShown;

    /// <summary>Whether it lies beside the object in the middle, so that it must be known where that is: masks are given to it, made if there are
    /// none.</summary>
    internal virtual bool IsBesideObject => false;

    /// <summary>The same cue after a look at the images that it will be swapped between; most cues need none.</summary>
    /// <param name="set">The images with their labels.</param>
    /// <param name="cancel">Ends the look.</param>
    internal virtual Cue FittedTo(ImageSet set, CancellationToken cancel = default) => this;

    /// <summary>Whether images of this shape have the cue.</summary>
    internal virtual bool Fits(ImageShape shape) => true;

    /// <summary>The same as the SPEC.</summary>
    public sealed override string ToString() => Catalog.Write(this);

    /// <summary>The images with the donors' cue; values outside [0, 1] are cut afterwards. Tensors on the way are disposed by the caller.</summary>
    private protected abstract Tensor Put(Tensor images, Tensor donors);

    /// <summary>float32 (N, k). Tensors on the way are disposed by the caller.</summary>
    private protected abstract Tensor Numbers(Tensor images);

    /// <summary>The same with objects whose places are known; a cue that does not ask for objects does not care.</summary>
    private protected virtual Tensor Put(Tensor images, Tensor donors, Tensor cover, Tensor donorCover) => Put(images, donors);

    /// <summary>The same with objects whose places are known.</summary>
    private protected virtual Tensor Numbers(Tensor images, Tensor cover) => Numbers(images);
}
