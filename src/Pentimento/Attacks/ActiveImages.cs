using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>The images of a batch that an attack has not finished, with its per-image state; finished images are removed.</summary>
internal sealed class ActiveImages : IDisposable
{
    private readonly Dictionary<string, Tensor> rows = [];
    private readonly bool targeted;

    /// <summary>Starts with some images of a batch.</summary>
    /// <param name="criterion">The criterion of the whole batch.</param>
    /// <param name="places">int64 (b), the indices of the images to start with.</param>
    public ActiveImages(BatchCriterion criterion, Tensor places)
    {
        targeted = criterion.Targeted;
        this["places"] = places.clone();
        this["classes"] = criterion.Classes.index_select(0, places);
    }

    /// <summary>The number of active images.</summary>
    public long Count => Places.shape[0];

    /// <summary>Their indices in the batch, int64 (b).</summary>
    public Tensor Places => this["places"];

    /// <summary>The criterion of the active images.</summary>
    public BatchCriterion Criterion => targeted ? BatchCriterion.At(this["classes"]) : BatchCriterion.AwayFrom(this["classes"]);

    /// <summary>The state of each image by name, (b, ...). A tensor that is set is owned by this object; the one that it replaces is
    /// disposed.</summary>
    public Tensor this[string name]
    {
        get => rows[name];
        set
        {
            value.DetachFromDisposeScope();
            if (rows.GetValueOrDefault(name) is { } old && !ReferenceEquals(old, value)) old.Dispose();
            rows[name] = value;
        }
    }

    /// <summary>Whether something of this name is remembered.</summary>
    public bool Has(string name) => rows.ContainsKey(name);

    /// <summary>Removes the images on which a mask is true.</summary>
    /// <param name="done">bool (b).</param>
    public void Remove(Tensor done)
    {
        using var scope = NewDisposeScope();
        var staying = Rows.Where(done.logical_not());
        if (staying.shape[0] == Count) return;
        foreach (var (name, values) in rows.ToList()) this[name] = Rows.Pick(values, staying);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var values in rows.Values) values.Dispose();
    }
}
