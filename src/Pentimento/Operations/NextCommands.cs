using Pentimento.Discovery;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Operations;

/// <summary>What to do about a suspect: the commands that confirm it and, where it is a shortcut, repair it and guard against it.</summary>
internal static class NextCommands
{
    /// <summary>The commands, each with what it is for.</summary>
    public static IReadOnlyList<string> Of(Discover operation, Suspect suspect)
    {
        var (model, data) = (ShellWord.Quoted($"{operation.Model}"), ShellWord.Quoted(operation.Data.Text));
        var cue = ShellWord.Quoted(Catalog.Write(suspect.Cue));
        var network = operation.Network is { } architecture ? $" --network {ShellWord.Quoted(Catalog.Write(architecture))}" : "";
        var repaired = $"repaired{Path.GetExtension(operation.Model.File)}";
        var limit = ShellWord.Quoted($"follows[{Catalog.Write(suspect.Cue)}] <= 0.05");
        var audit = $"pentimento audit {model}{network} --data {data} --cue {cue}";
        // What is undecided is looked at again, not mended.
        if (suspect.Finding != Finding.Shortcut) return [audit];
        return
        [
            audit,
            $"pentimento repair {model}{network} --data {data} --against {cue} --out {repaired}",
            $"pentimento check {repaired}{network} --data {data} --require {limit}",
        ];
    }
}
