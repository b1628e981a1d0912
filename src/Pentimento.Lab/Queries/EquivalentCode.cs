using System.Globalization;

namespace Pentimento.Lab.Queries;

/// <summary>The commands and the C# that give the same results as the lab's screens.</summary>
internal static class EquivalentCode
{
    /// <summary>Where networks look.</summary>
    public static CodeSnippet Explain(Workbench bench, LookQuestion question)
    {
        var method = string.IsNullOrEmpty(question.Method) ? "grad-cam" : question.Method;
        var layer = string.IsNullOrEmpty(question.Layer) ? "" : $" --layer {Quoted(question.Layer)}";
        var files = string.Join(' ', bench.Networks.Select(network => Quoted(network.File)));
        var list = string.Join(", ", bench.Networks.Select(network => Literal(network.File)));
        return new(
            $"pentimento explain {files} --data {DataOf(bench)} --method {Quoted(method)}{layer} --out maps.png",
            $"pentimento.Run(new Explain {{ Models = [{list}], Data = {LiteralData(bench)}, Methods = [{Literal(method)}] }});");
    }

    /// <summary>Whether a network follows a cue.</summary>
    public static CodeSnippet Audit(Workbench bench, CueQuestion question)
    {
        var (file, hue) = (bench.Find(null).File, question.Cue == "hue");
        return new(
            $"pentimento audit {Quoted(file)} --data {DataOf(bench)}{(hue ? "" : $" --cue {Quoted(question.Cue)}")} --out audit.png",
            $"pentimento.Run(new Audit {{ Model = {Literal(file)}, Data = {LiteralData(bench)}"
                + $"{(hue ? "" : $", Cue = {Literal(question.Cue)}")} }});");
    }

    /// <summary>An attack.</summary>
    public static CodeSnippet Attack(Workbench bench, LabNetwork victim, double radius)
    {
        var spec = $"pgd:radius={radius.ToString(CultureInfo.InvariantCulture)},steps=40";
        return new(
            $"pentimento attack {Quoted(victim.File)} --data {DataOf(bench)} --with {spec} --out fooled.png",
            $"pentimento.Run(new AttackImages {{ Model = {Literal(victim.File)}, Data = {LiteralData(bench)}, Attack = {Literal(spec)} }});");
    }

    /// <summary>A network without some channels, as a file.</summary>
    public static CodeSnippet Edit(Workbench bench, LabNetwork network, string layer, InsideQuestion question)
    {
        var ablated = question.Ablated.Count == 0 ? "0" : string.Join(',', question.Ablated.Order());
        return new(
            $"pentimento operate {Quoted(network.File)} --layer {Quoted(layer)} --neurons {ablated} --evaluate {DataOf(bench)} --out edited.onnx",
            $"pentimento.Run(new Edit {{ Model = {Literal(network.File)}, Layer = {Literal(layer)}, Neurons = UnitChoice.Parse({Literal(ablated)}), "
                + $"Evaluate = [{LiteralData(bench)}], Out = \"edited.safetensors\" }});");
    }

    private static string Quoted(string word) => ShellWord.Quoted(Printable.Of(word));

    private static string DataOf(Workbench bench) => Quoted(bench.Data ?? "DATA");

    private static string LiteralData(Workbench bench) => Literal(bench.Data ?? "DATA");

    private static string Literal(string text) => $"\"{Printable.Of(text).Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}
