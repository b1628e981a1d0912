using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>The images of a batch that an attack still works on, with what it remembers of each; those that are done leave.</summary>
internal sealed class ActiveImages : IDisposable
{
    private readonly Dictionary<string, Tensor> rows = [];
    private readonly bool targeted;

    /// <summary>Begins with some images of a batch.</summary>
    /// <param name="aim">The wish for the whole batch.</param>
    /// <param name="places">int64 (b), the images to work on.</param>
    public ActiveImages(BatchCriterion aim, Tensor places)
    {
        targeted = aim.Targeted;
        this["places"] = places.clone();
        this["classes"] = aim.Classes.index_select(0, places);
    }

    /// <summary>How many are left.</summary>
    public long Count => Places.shape[0];

    /// <summary>Where they stand in the batch, int64 (b).</summary>
    public Tensor Places => this["places"];

    /// <summary>The wish for those that are left.</summary>
    public BatchCriterion Criterion => targeted ? BatchCriterion.At(this["classes"]) : BatchCriterion.AwayFrom(this["classes"]);

    /// <summary>What is remembered of each image, (b, ...). What is set belongs to this object from then on, and what it replaces is gone.</summary>
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

    /// <summary>Lets the images go on which a mask is true.</summary>
    /// <param name="done">bool (b).</param>
    public void Leave(Tensor done)
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
