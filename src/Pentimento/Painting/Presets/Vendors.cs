using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Painting.Objects;

namespace Pentimento.Painting.Presets;

/// <summary>Objects drawn by four vendors, of whom one is left out: each other vendor is an environment, the one left out the test.</summary>
/// <remarks>
/// Ours, in the manner of PACS: Li, Yang, Song and Hospedales, 2017, "Deeper, broader and artier domain generalization", arXiv:1710.03077,
/// with one domain left out as in facebookresearch/DomainBed, domainbed/datasets.py. Emoji of animals and plants (nature), vehicles and buildings
/// (travel) on photographs of vegetation and sky. The tests show emoji that no vendor shows
/// in training, on other photographs, where ground and class are independent: heldout by the vendor left out, indomain by the others.
/// </remarks>
/// <param name="HeldOut">The vendor left out.</param>
/// <param name="Percent">Percentage of training images on the dominant ground of their class; at 50 ground and class are independent.</param>
internal sealed record Vendors(Vendor HeldOut = Vendor.Emojione, [Range(0.0, 100.0)] double Percent = 50) : Preset
{
    private const decimal Independent = 50;

    /// <inheritdoc/>
    internal override Func<Split, Digits> SourceOf(Func<Split, Digits> digits)
    {
        var source = ObjectAtlas.Read().Source;
        return _ => new(source, default, [], ObjectAtlas.Side, ObjectAtlas.Side);
    }

    /// <inheritdoc/>
    private protected override IEnumerable<PresetSet> Sets(Digits train, Digits test, Seed seed, RunContext run)
    {
        var atlas = ObjectAtlas.Read();
        Vendor[] others = [.. Enum.GetValues<Vendor>().Where(vendor => vendor != HeldOut)];
        foreach (var vendor in others) yield return Paint(Names.Kebab(vendor.ToString()), Split.Train, (decimal)Percent, vendor);
        yield return Paint("heldout", Split.Test, Independent, HeldOut);
        yield return Paint("indomain", Split.Test, Independent, others);

        PresetSet Paint(string name, Split split, decimal percent, params Vendor[] vendors)
        {
            int[] numbers = [.. vendors.Select(vendor => (int)vendor)];
            var painter = new ObjectPainter(atlas, new(percent), seed.For(name), numbers) { Counts = (2500, 1000) };
            return new(name, split, painter.PaintFirst(split, 0, run.Threads, run));
        }
    }
}

/// <summary>A set of emoji, in the order of the attribute <c>vendor</c>.</summary>
internal enum Vendor
{
    /// <summary>Noto Emoji, by Google.</summary>
    Noto,

    /// <summary>Fluent Emoji Flat, by Microsoft.</summary>
    Fluent,

    /// <summary>Twemoji, by Twitter and its contributors.</summary>
    Twemoji,

    /// <summary>EmojiOne 2, by Emoji One.</summary>
    Emojione,
}
