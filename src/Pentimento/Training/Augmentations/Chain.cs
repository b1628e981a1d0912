using static TorchSharp.torch;

namespace Pentimento.Training.Augmentations;

/// <summary>One augmentation after another.</summary>
/// <remarks>Ours: a way to say several at once.</remarks>
public sealed record Chain : Augmentation
{
    /// <summary>What is done first.</summary>
    public Augmentation First { get; init; } = new Unchanged();

    /// <summary>What is done to its result; may be a chain again.</summary>
    public Augmentation Then { get; init; } = new Unchanged();

    /// <inheritdoc/>
    public override Supervision Needs => First.Needs | Then.Needs;

    /// <summary>Several, in their order.</summary>
    public static Augmentation Of(IReadOnlyList<Augmentation> links) => links.Count switch
    {
        0 => new Unchanged(),
        1 => links[0],
        _ => new Chain { First = links[0], Then = Of([.. links.Skip(1)]) },
    };

    /// <inheritdoc/>
    public override Tensor Apply(Tensor images, Seed seed)
    {
        using var scope = NewDisposeScope();
        return Then.Apply(First.Apply(images, seed.For("first")), seed.For("then")).MoveToOuterDisposeScope();
    }
}
