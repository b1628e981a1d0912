using Pentimento.Cli.Terminal;
using Pentimento.Operations;

namespace Pentimento.Cli.Views;

/// <summary>The catalogue: for reading in a terminal, or as a page.</summary>
internal sealed class ListView : View<List, ListResult>
{
    private const string Operations = "operations";

    /// <inheritdoc/>
    protected override void Print(List operation, ListResult result, TextWriter output)
    {
        var methods = result.Families.Where(family => family.Name is not (Operations or List.Recipes));
        if (operation.Format == ListFormat.Md) MethodsPage.Write(methods, output);
        else if (operation.Format == ListFormat.JsonDoc) JsonPage.Write(output);
        else if (operation.Family is null) Overview(result, output);
        else Write(result, output);
    }

    /// <summary>What there is, by name alone: each family is a line or a few.</summary>
    private static void Overview(ListResult result, TextWriter output)
    {
        var margin = result.Families.Max(family => family.Name.Length) + 2;
        foreach (var family in result.Families)
        {
            var lines = Tables.Lines(string.Join(", ", family.Members.Select(member => member.Name)), Tables.WidthOf(output) - margin);
            foreach (var (at, line) in lines.Index()) output.WriteLine($"{(at == 0 ? family.Name : "").PadRight(margin)}{line}");
        }

        output.WriteLine();
        output.WriteLine("Each with its settings, defaults and source: pentimento list FAMILY, as in: pentimento list attacks");
    }

    private static void Write(ListResult result, TextWriter output)
    {
        foreach (var family in result.Families)
        {
            output.WriteLine(family.Name);
            foreach (var member in family.Members)
            {
                output.WriteLine($"  {member.Name}: {member.Summary}");
                foreach (var setting in member.Parameters) output.WriteLine($"      {setting.Name}={setting.Default}  {setting.Meaning}");
                if (member.Result is not null) output.WriteLine($"      -> {member.Result}");
                else if (member.Source.Length > 0) output.WriteLine($"      {member.Source}");
            }

            output.WriteLine();
        }
    }
}
