using System.Globalization;
using Pentimento.Cli.Terminal;
using Pentimento.Operations;

namespace Pentimento.Cli.Views;

/// <summary>What was painted, and where.</summary>
internal sealed class BuildView : View<BuildResult>
{
    /// <inheritdoc/>
    protected override bool NamesFiles => false;

    /// <inheritdoc/>
    protected override void Print(BuildResult result, TextWriter output)
    {
        Tables.Write(output, ["dataset", "train", "test", "seconds"], result.Datasets.Select(built => (IReadOnlyList<string>)
        [
            built.Name, $"{built.Train:N0}", $"{built.Test:N0}", built.Seconds.ToString("0.0", CultureInfo.InvariantCulture),
        ]));
        if (result.Sets.Count > 0)
        {
            Tables.Write(output, ["set", "split", "images"], result.Sets.Select(set => (IReadOnlyList<string>)
            [
                $"{set.Dataset}/{set.Name}", Names.Kebab(set.Split.ToString()), $"{set.Count:N0}",
            ]));
        }

        foreach (var built in result.Datasets) output.WriteLine($"Written: {built.Folder}");
    }
}
