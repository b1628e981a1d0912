using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Pictures;
using Pentimento.Reports.Runs;

namespace Pentimento.Reports.Drawings;

/// <summary>Attribution maps over images: by class, or by the seed report's three cases.</summary>
internal sealed class ExplainDrawing : Drawing<Explain, ExplainResult>
{
    /// <inheritdoc/>
    protected override void Draw(Explain operation, ExplainResult result)
    {
        if (operation.Out is not { } file || result.Samples.Count == 0) return;
        var groups = result.Samples.GroupBy(sample => sample.Method).ToList();
        var tables = groups.Select(group => operation.Cases
            ? Cases([.. group], groups.Count > 1)
            : EvidenceMaps([.. group], groups.Count > 1, operation.Signed)).ToList();
        // Every table begins with the same images; they are shown once.
        var rows = tables.SelectMany((table, at) => table.Rows.Skip(operation.Cases || at == 0 ? 0 : 1)).ToList();
        Write(file, new PictureTable("explain", tables[0].Alt, rows).Draw());
    }

    private static PictureTable EvidenceMaps(IReadOnlyList<ExplainedSamples> group, bool several, bool signed)
    {
        // One scale for all networks of a method; methods have units of their own.
        var maps = group.SelectMany(sample => sample.Maps).ToList();
        var (heat, both) = (EvidenceColors.Over(maps), SignedEvidenceColors.Over(maps));
        var full = Numbers.Decimal(signed ? both.Full : heat.Full, 2);
        return PictureTables.EvidenceMaps(
            new(group[0].Images, [.. group.Select(sample => Explained(sample, $"{Titled(sample, several)}\nfull colour {full}"))]),
            signed ? both.Over : heat.Over);
    }

    private static PictureTable Cases(IReadOnlyList<ExplainedSamples> group, bool several) => CaseTable.Of(
        new(group[0].Images, [.. group.Select(sample => Explained(sample, Titled(sample, several)))]), [.. group.Select(sample => sample.Outside)],
        EvidenceColors.Over(group.SelectMany(sample => sample.Maps)));

    private static Explanations Explained(ExplainedSamples sample, string title) => new(title, sample.Predicted, sample.Maps);

    private static string Titled(ExplainedSamples sample, bool several) =>
        several ? $"{sample.Network}\n{Catalog.NameOf(sample.Method)}" : sample.Network;
}
