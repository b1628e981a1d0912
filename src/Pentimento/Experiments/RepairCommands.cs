using Pentimento.Foundation.Configuration;

namespace Pentimento.Experiments;

/// <summary>The commands that go on from a repair: look again, and guard.</summary>
internal static class RepairCommands
{
    /// <summary>The commands, for the repaired network or, where nothing was repaired, for the one that came.</summary>
    public static IReadOnlyList<string> Of(Repair operation, RepairResult result)
    {
        var data = ShellWord.Quoted(operation.Data[0].Text);
        var network = operation.Network is { } architecture ? $" --network {ShellWord.Quoted(Catalog.Write(architecture))}" : "";
        var preprocess = operation.Preprocess is { } steps ? $" --preprocess {ShellWord.Quoted($"{steps}")}" : "";
        var model = $"{ShellWord.Quoted(result.Network ?? $"{operation.Model}")}{network}{preprocess} --data {data}";
        var cue = result.Against is { } against ? Catalog.Write(against) : null;
        List<string> commands = cue is not null ? [$"pentimento audit {model} --cue {ShellWord.Quoted(cue)}"] : [];
        if (result.Attribute is { } attribute) commands.Add($"pentimento evaluate {model} --by {ShellWord.Quoted(attribute)}");
        // Other cues may be left.
        commands.Add($"pentimento discover {model}");
        if (result.Network is not null && cue is not null)
            commands.Add($"pentimento check {model} --require {ShellWord.Quoted($"follows[{cue}] <= 0.05")}");
        return commands;
    }
}
