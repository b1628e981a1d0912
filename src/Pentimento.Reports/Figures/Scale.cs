using Pentimento.Evaluation;

namespace Pentimento.Reports.Figures;

/// <summary>The scale of a plot's value axis.</summary>
public enum Scale
{
    /// <summary>From 0% to 100%.</summary>
    Share,

    /// <summary>Each step is ten times the one before.</summary>
    Decades,

    /// <summary>From the least value to the greatest.</summary>
    Plain,
}

/// <summary>Values as each scale writes them.</summary>
internal static class Scales
{
    /// <summary>A value in a few characters.</summary>
    public static string Short(this Scale scale, double value) => scale == Scale.Share ? Numbers.Percent(value) : Numbers.Significant(value);
}
