using System.Text.Json.Nodes;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Checks;

/// <summary>The grammar of a requirement's left side: <c>NAME</c>, <c>NAME[settings]</c>, <c>NAME[one value]</c>, or <c>OPERATION[options].keys</c>.
/// </summary>
internal static class RequirementText
{
    /// <summary>Reads a quantity.</summary>
    /// <exception cref="BadInputException">It is of another form, or nothing of this name is known.</exception>
    public static Quantity Read(string text)
    {
        var (name, inside, path) = Parts(text);
        if (path.Length > 0) return new ResultValue(name, path, inside.Length == 0 ? "none" : inside);
        var family = Catalog.FamilyOf(typeof(Quantity));
        var operations = Catalog.FamilyOf(typeof(Operation)).Members.Select(member => $"{member.Name}.…");
        var member = family.Members.FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        Require.That(
            member is not null,
            $"Nothing called '{Printable.Short(name)}' can be required; {Names.Suggest(name, family.Members.Select(known => known.Name))} "
                + $"Or a number of a result: {string.Join(", ", operations.Take(3))}");
        return (Quantity)Binder.BindRecord(inside.Length == 0 ? [] : SettingsOf(member, inside), member.Type, new(null, member.Name));
    }

    /// <summary>Reads settings, <c>name=value</c> with commas between.</summary>
    /// <exception cref="BadInputException">They are of another form.</exception>
    public static JsonObject Settings(string text) => WithoutName(Spec.Read($"settings:{text}"));

    private static JsonObject SettingsOf(Member member, string inside)
    {
        // What has a colon or no equals sign is the value of the first setting: attack[pgd:radius=0.05], follows[border].
        var colon = inside.IndexOf(':');
        var equals = inside.IndexOf('=');
        var isValue = equals < 0 || (colon >= 0 && colon < equals);
        return isValue ? new() { [Foundation.Configuration.Settings.Of(member.Type).All[0].Name] = inside.Trim() } : Settings(inside);
    }

    private static JsonObject WithoutName(JsonObject named)
    {
        named.Remove("name");
        return named;
    }

    private static (string Name, string Inside, string Path) Parts(string text)
    {
        var open = text.IndexOf('[');
        var close = text.LastIndexOf(']');
        Require.That(open < 0 == close < 0 && open <= close, $"In '{Printable.Short(text)}', a bracket is not closed.");
        var (head, inside, tail) = open < 0 ? (text, "", "") : (text[..open], text[(open + 1)..close], text[(close + 1)..]);
        Require.That(open < 0 || inside.Trim().Length > 0, $"In '{Printable.Short(text)}', there is nothing between the brackets.");
        var dot = head.IndexOf('.');
        if (open < 0 && dot > 0) return (head[..dot].Trim(), "", head[(dot + 1)..].Trim());
        Require.That(tail.Length == 0 || tail.StartsWith('.'), $"In '{Printable.Short(text)}', '{Printable.Short(tail)}' is too much.");
        return (head.Trim(), inside.Trim(), tail.TrimStart('.').Trim());
    }
}
