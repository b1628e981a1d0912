using Pentimento.Discovery;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Operations;

/// <summary>What to do about a suspect: the commands that confirm it, repair it and guard against it.</summary>
internal static class NextCommands
{
    /// <summary>The commands, each with what it is for.</summary>
    public static IReadOnlyList<string> Of(Discover operation, Suspect suspect)
    {
        var (model, data, cue) = (Quoted($"{operation.Model}"), Quoted(operation.Data.Text), Quoted(Catalog.Write(suspect.Cue)));
        var network = operation.Network is { } architecture ? $" --network {Quoted(Catalog.Write(architecture))}" : "";
        var repaired = $"repaired{Path.GetExtension(operation.Model.File)}";
        var limit = Quoted($"follows[{Catalog.Write(suspect.Cue)}] <= 0.05");
        return
        [
            $"pentimento audit {model}{network} --data {data} --cue {cue}",
            $"pentimento repair {model}{network} --data {data} --against {cue} --out {repaired}",
            $"pentimento check {repaired}{network} --data {data} --require {limit}",
        ];
    }

    private static string Quoted(string word) =>
        word.All(letter => char.IsLetterOrDigit(letter) || ":=.,_-/+".Contains(letter, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
