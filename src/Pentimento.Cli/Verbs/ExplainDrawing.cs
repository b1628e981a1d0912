using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Reports;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Findings;
using Pentimento.Reports.Pictures;
using TorchSharp;

namespace Pentimento.Cli.Verbs;

/// <summary>Gathers the maps that <c>explain</c> computes and draws them: by class, or by the seed report's three cases.</summary>
/// <param name="file">Where to.</param>
/// <param name="signed">Whether what speaks against is drawn too.</param>
/// <param name="cases">Whether the three cases are drawn.</param>
internal sealed class ExplainDrawing(string file, bool signed, bool cases)
{
    private readonly List<(AttributionMethod Method, Explanations Look, bool[] Off)> looks = [];
    private ImageSet? images;

    /// <summary>Keeps what one network and method say of the images that are drawn.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="method">The method.</param>
    /// <param name="set">All images.</param>
    /// <param name="answers">int64 (N).</param>
    /// <param name="maps">float32 (N, h, w), signed.</param>
    public void Add(string network, AttributionMethod method, ImageSet set, long[] answers, torch.Tensor maps)
    {
        int[] places = cases ? [.. Enumerable.Range(0, set.Count)] : [.. set.FirstOfEachClass().Take(12)];
        images ??= set.Pick(places);
        var drawn = maps.index_select(0, torch.tensor(places));
        var evidence = signed ? AttributionMethod.Upsampled(drawn, set.Shape) : AttributionMethod.Evidence(drawn, set.Shape);
        var each = evidence.contiguous().data<float>().ToArray().Chunk(set.Shape.Height * set.Shape.Width).ToArray();
        var off = cases ? EvidenceLocalization.OutsideForeground(evidence, EvidenceLocalization.Foreground(set)).data<bool>().ToArray() : [];
        looks.Add((method, new(network, [.. places.Select(at => answers[at])], each), off));
    }

    /// <summary>Writes the picture.</summary>
    public void Draw()
    {
        var groups = looks.GroupBy(look => look.Method).ToList();
        var tables = groups.Select(group => cases ? Cases([.. group], groups.Count > 1) : Looks([.. group], groups.Count > 1)).ToList();
        // Every table begins with the same images; they are shown once.
        var rows = tables.SelectMany((table, at) => table.Rows.Skip(cases || at == 0 ? 0 : 1)).ToList();
        var png = new PictureTable("explain", tables[0].Alt, rows).Draw();
        SafeFile.Write(file, stream => stream.Write(png));
    }

    private PictureTable Looks(IReadOnlyList<(AttributionMethod Method, Explanations Look, bool[] Off)> group, bool several)
    {
        // One scale for all networks of a method; methods speak in units of their own.
        var maps = group.SelectMany(look => look.Look.Maps).ToList();
        var (heat, both) = (Heat.Over(maps), SignedHeat.Over(maps));
        var full = Numbers.Decimal(signed ? both.Full : heat.Full, 2);
        return PictureTables.Looks(
            new(images!, [.. group.Select(look => look.Look with { Network = $"{Titled(look, several)}\nfull colour {full}" })]),
            signed ? both.Over : heat.Over);
    }

    private PictureTable Cases(IReadOnlyList<(AttributionMethod Method, Explanations Look, bool[] Off)> group, bool several) => CaseTable.Of(
        new(images!, [.. group.Select(look => look.Look with { Network = Titled(look, several) })]), [.. group.Select(look => look.Off)],
        Heat.Over(group.SelectMany(look => look.Look.Maps)));

    private static string Titled((AttributionMethod Method, Explanations Look, bool[] Off) look, bool several) =>
        several ? $"{look.Look.Network}\n{AttributionMethod.NameOf(Catalog.Write(look.Method))}" : look.Look.Network;
}
