using Pentimento.Experiments;

namespace Pentimento.Reports;

/// <summary>The page of a run.</summary>
public static class ReportPage
{
    /// <summary>Writes it.</summary>
    public static string Write(RunFolder folder) => folder.At("report.html");
}
