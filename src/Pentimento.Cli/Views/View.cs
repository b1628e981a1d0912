using System.Reflection;
using Pentimento.Cli.Terminal;
using Pentimento.Operations;

namespace Pentimento.Cli.Views;

/// <summary>Writes a result for people; found by the result's type.</summary>
internal abstract class View
{
    /// <summary>The view of a result: the one written for its type, or a plain listing.</summary>
    public static View Of(object result) =>
        typeof(View).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.BaseType is { IsGenericType: true } basis && basis.GetGenericTypeDefinition() == typeof(View<>))
            .Where(type => type.BaseType!.GetGenericArguments()[0] == result.GetType())
            .Select(type => (View)Activator.CreateInstance(type)!)
            .FirstOrDefault() ?? new PlainView();

    /// <summary>Writes the result.</summary>
    public abstract void Print(Operation operation, object result, TextWriter output);
}

/// <summary>Writes results of one type.</summary>
internal abstract class View<TResult> : View
{
    /// <inheritdoc/>
    public sealed override void Print(Operation operation, object result, TextWriter output)
    {
        Print((TResult)result, output);
        foreach (var file in Outputs.Of(operation).Where(file => File.Exists(file) || Directory.Exists(file))) output.WriteLine($"Written: {file}");
    }

    /// <summary>Writes the result.</summary>
    protected abstract void Print(TResult result, TextWriter output);
}

/// <summary>A result that has no view of its own: its verdict, and every value that stands alone.</summary>
internal sealed class PlainView : View
{
    /// <inheritdoc/>
    public override void Print(Operation operation, object result, TextWriter output)
    {
        var values = result.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (property.Name, Value: property.GetValue(result)))
            .Where(pair => pair.Value is string or bool or double or int or long or Enum)
            .ToList();
        if (values.FirstOrDefault(pair => pair.Name == "Verdict").Value is string verdict) output.WriteLine(verdict);
        Tables.Write(output, ["what", "value"], values.Where(pair => pair.Name != "Verdict").Select(pair =>
            (IReadOnlyList<string>)[Names.Kebab(pair.Name), Convert.ToString(pair.Value, System.Globalization.CultureInfo.InvariantCulture) ?? ""]));
    }
}
