using static TorchSharp.torch;

namespace Pentimento.Training.Augmentations;

/// <summary>A composition of augmentations, applied one after another.</summary>
/// <remarks>Ours: a way to name several at once.</remarks>
internal sealed record Chain : Augmentation
{
    /// <summary>The augmentation that is applied first.</summary>
    public Augmentation First { get; init; } = new Unchanged();

    /// <summary>The augmentation of its result; may be a chain again.</summary>
    public Augmentation Then { get; init; } = new Unchanged();

    /// <inheritdoc/>
    public override Supervision RequiredSupervision => First.RequiredSupervision | Then.RequiredSupervision;

    /// <summary>The composition of several augmentations, in their order.</summary>
    public static Augmentation Of(IReadOnlyList<Augmentation> links) => links.Count switch
    {
        0 => new Unchanged(),
        1 => links[0],
        _ => new Chain { First = links[0], Then = Of([.. links.Skip(1)]) },
    };

    /// <inheritdoc/>
    internal override Tensor Apply(Tensor images, Seed seed)
    {
        using var scope = NewDisposeScope();
        return Then.Apply(First.Apply(images, seed.For("first")), seed.For("then")).MoveToOuterDisposeScope();
    }
}
