using Pentimento.Operations;

namespace Pentimento.Cli.Views;

/// <summary>The catalogue: for reading in a terminal, or as a page.</summary>
internal sealed class ListView : View<List, ListResult>
{
    private const string Operations = "operations";

    /// <inheritdoc/>
    protected override void Print(List operation, ListResult result, TextWriter output)
    {
        if (operation.Format == ListFormat.Md) MethodsPage.Write(result.Families.Where(family => family.Name != Operations), output);
        else if (operation.Format == ListFormat.JsonDoc) JsonPage.Write(output);
        else Write(result, output);
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
                else output.WriteLine($"      {member.Source}");
            }

            output.WriteLine();
        }
    }
}
