using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Pentimento.Foundation.Configuration;

/// <summary>The documentation comments of an assembly, read from the XML file that the compiler writes beside it.</summary>
internal sealed partial class Documentation
{
    private static readonly ConcurrentDictionary<Assembly, Documentation> Cache = new();
    private readonly string text;
    private readonly Dictionary<string, (int Start, int End)> places = [];
    private readonly ConcurrentDictionary<string, XElement?> members = new();

    // Of thousands of members a command asks for a few: only these are parsed.
    private Documentation(Assembly assembly)
    {
        const string Begin = "<member name=\"";
        const string End = "</member>";
        var file = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
        text = File.Exists(file) ? File.ReadAllText(file) : "";
        for (var start = text.IndexOf(Begin, StringComparison.Ordinal); start >= 0; start = text.IndexOf(Begin, start + 1, StringComparison.Ordinal))
        {
            var name = start + Begin.Length;
            places[text[name..text.IndexOf('"', name)]] = (start, text.IndexOf(End, name, StringComparison.Ordinal) + End.Length);
        }
    }

    public static Documentation Of(Type type) => Cache.GetOrAdd(type.Assembly, assembly => new(assembly));

    public string Summary(Type type) => Text(Find(type)?.Element("summary"));

    public string Remarks(Type type) => Text(Find(type)?.Element("remarks"));

    /// <summary>The example, its lines as they were written.</summary>
    public string Example(Type type)
    {
        var lines = (Find(type)?.Element("example")?.Value ?? "").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
        return string.Join('\n', lines);
    }

    /// <summary>The documentation of a constructor's parameter, or of a property.</summary>
    public string Setting(Type type, string name) =>
        Text(
            Find(type)?.Elements("param").FirstOrDefault(param => param.Attribute("name")?.Value == name)
                ?? Bases(type)
                    .Select(owner => Of(owner).Member($"P:{Definition(owner).FullName}.{name}"))
                    .FirstOrDefault(found => found is not null)
                    ?.Element("summary"));

    private static IEnumerable<Type> Bases(Type type)
    {
        for (var owner = type; owner is not null; owner = owner.BaseType) yield return owner;
    }

    // Comments are written on the generic type, whatever its arguments.
    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private XElement? Find(Type type) => Member($"T:{Definition(type).FullName!.Replace('+', '.')}");

    private XElement? Member(string name) =>
        members.GetOrAdd(name, wanted => places.TryGetValue(wanted, out var place) ? XElement.Parse(text[place.Start..place.End]) : null);

    private static string Text(XElement? element)
    {
        if (element is null)
            return "";
        var parts = element
            .Nodes()
            .Select(node =>
                node is XElement link && link.IsEmpty ? link.FirstAttribute?.Value.Split('.')[^1] : (node as XElement)?.Value ?? node.ToString());
        return Spaces().Replace(string.Concat(parts).Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&"), " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
