using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Operations;

/// <summary>A job on images.</summary>
public abstract record DataOperation<TResult> : Operation<TResult> where TResult : class
{
    /// <summary>Stretch the pictures of folders to HEIGHTxWIDTH, or to a square; by default their middle is cut to the network's size or, where
    /// there is no network, they must be of one size.</summary>
    [Form("HxW")]
    public PictureSize? Size { get; init; }

    /// <summary>The columns of a table of pictures that say file, class and split, where they have other names than usual.</summary>
    [Form("file=NAME,label=NAME,split=NAME")]
    public TableColumns? Columns { get; init; }

    /// <summary>Leave damaged pictures out and count them; by default the first stops the reading.</summary>
    public bool SkipDamaged { get; init; }

    /// <summary>Take N images of each set, drawn so that every class keeps its share and the same for everybody; 0 for all.</summary>
    [Range(0, int.MaxValue)]
    public virtual int Limit { get; init; }

    /// <summary>Finds images.</summary>
    internal DataLibrary Library(RunContext run) =>
        new(run.Cache, run.Threads, Size) { Columns = Columns ?? default, SkipDamaged = SkipDamaged };

    /// <summary>The one set that a reference means.</summary>
    internal ImageSet Find(DataRef data, Split split, RunContext run) => Library(run).Find(data.Text, split, Limit, run);

    /// <summary>The one set that a reference means, pictures scaled to what a network reads.</summary>
    internal ImageSet Find(DataRef data, Split split, ImageShape shape, RunContext run) => Library(run).For(shape).Find(data.Text, split, Limit, run);

    /// <summary>All sets that references mean, with one numbering of their classes.</summary>
    internal IReadOnlyList<ImageSet> FindAll(IEnumerable<DataRef> data, Split split, RunContext run) =>
        ClassNumbering.Together([.. data.SelectMany(one => Library(run).FindAll(one.Text, split, Limit, run))]);
}
