using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>Two cues at once: a network that cannot use one may go on with the other.</summary>
/// <remarks>Ours; both come from the same donor where a network is measured, and each from one of its own where it learns. The second is put into the
/// image that has the first already.</remarks>
internal sealed record Both : Cue
{
    /// <summary>The cue that is put first.</summary>
    public Cue First { get; init; } = new Background();

    /// <summary>The cue that is put then.</summary>
    public Cue Second { get; init; } = new Color();

    internal override CueKind Kind => First.Kind > Second.Kind ? First.Kind : Second.Kind;

    internal override string? Place => First.Place ?? Second.Place;

    internal override double HonestlyMended => Math.Max(First.HonestlyMended, Second.HonestlyMended);

    internal override double HonestlyLost => Math.Max(First.HonestlyLost, Second.HonestlyLost);

    internal override bool IsNeverShown => First.IsNeverShown && Second.IsNeverShown;

    internal override bool IsBesideObject => First.IsBesideObject || Second.IsBesideObject;

    internal override int Breadth => Math.Max(First.Breadth, Second.Breadth) + 1;

    internal override IReadOnlyList<Cue> Parts => [.. First.Parts, .. Second.Parts];

    /// <summary>Gives images each part of a cue from donors of its own: who learns that both come together learns to read where they do
    /// not.</summary>
    /// <param name="cue">The cue.</param>
    /// <param name="images">float32 (N, C, H, W) in [0, 1], not changed.</param>
    /// <param name="donors">The next part's donors, of the same shape.</param>
    internal static Tensor SwapApart(Cue cue, Tensor images, Func<Tensor> donors) =>
        cue.Parts.Aggregate(images, (changed, part) => part.Swap(changed, donors()));

    /// <summary>A cue's name in a sentence.</summary>
    internal static string NameOf(Cue cue) => cue is Both both ? $"{NameOf(both.First)} and the {NameOf(both.Second)}" : Catalog.NameOf(cue);

    /// <summary>Whether one cue is another or a part of it.</summary>
    internal static bool Holds(Cue all, Cue one) => all == one || (all is Both both && (Holds(both.First, one) || Holds(both.Second, one)));

    internal override Cue FittedTo(ImageSet set, CancellationToken cancel = default) =>
        this with { First = First.FittedTo(set, cancel), Second = Second.FittedTo(set, cancel) };

    internal override bool Fits(ImageShape shape) => First.Fits(shape) && Second.Fits(shape);

    private protected override Tensor Put(Tensor images, Tensor donors) => Second.Swap(First.Swap(images, donors), donors);

    private protected override Tensor Put(Tensor images, Tensor donors, Tensor cover, Tensor donorCover) =>
        Second.Swap(First.Swap(images, donors, cover, donorCover), donors, cover, donorCover);

    private protected override Tensor Numbers(Tensor images) => cat([First.Read(images), Second.Read(images)], 1);

    private protected override Tensor Numbers(Tensor images, Tensor cover) => cat([First.Read(images, cover), Second.Read(images, cover)], 1);
}
