using System.Globalization;

namespace Pentimento.Experiments;

/// <summary>The folder of a run whose user named none.</summary>
internal static class NewRun
{
    /// <summary>A new folder in <c>runs/</c>, named by what is run and when.</summary>
    public static string Folder(string name) =>
        Path.Combine("runs", $"{name}-{TimeProvider.System.GetLocalNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}");
}
