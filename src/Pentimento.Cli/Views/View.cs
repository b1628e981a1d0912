using Pentimento.Cli.Operations;
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
            .Where(type => !type.IsAbstract && ResultOf(type) == result.GetType())
            .Select(type => (View)Activator.CreateInstance(type)!)
            .FirstOrDefault() ?? new PlainView();

    /// <summary>Writes the result.</summary>
    public abstract void Print(Operation operation, object result, TextWriter output);

    private static Type? ResultOf(Type type)
    {
        for (var basis = type.BaseType; basis is not null; basis = basis.BaseType)
        {
            if (basis.IsGenericType && basis.GetGenericTypeDefinition() == typeof(View<>)) return basis.GetGenericArguments()[0];
        }

        return null;
    }
}

/// <summary>Writes results of one type.</summary>
internal abstract class View<TResult> : View
{
    /// <summary>Whether the files that were written are named at the end.</summary>
    protected virtual bool NamesFiles => true;

    /// <inheritdoc/>
    public sealed override void Print(Operation operation, object result, TextWriter output)
    {
        PrintOne(operation, (TResult)result, output);
        foreach (var file in !NamesFiles ? [] : Outputs.Written(operation))
            output.WriteLine($"Written: {file}");
    }

    /// <summary>Writes the result.</summary>
    protected abstract void Print(TResult result, TextWriter output);

    private protected virtual void PrintOne(Operation operation, TResult result, TextWriter output) => Print(result, output);
}

/// <summary>Writes results of one operation, as its options ask.</summary>
internal abstract class View<TOperation, TResult> : View<TResult> where TOperation : Operation
{
    /// <summary>Writes the result.</summary>
    protected abstract void Print(TOperation operation, TResult result, TextWriter output);

    /// <inheritdoc/>
    protected sealed override void Print(TResult result, TextWriter output) =>
        throw new InvalidOperationException($"{GetType().Name} needs the operation too.");

    private protected sealed override void PrintOne(Operation operation, TResult result, TextWriter output) =>
        Print((TOperation)operation, result, output);
}

/// <summary>A result that has no view of its own: its verdict, every value that stands alone, and short lists.</summary>
internal sealed class PlainView : View
{
    private const int MostListed = 20;

    /// <inheritdoc/>
    public override void Print(Operation operation, object result, TextWriter output)
    {
        var values = result.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (property.Name, Value: Alone(property.GetValue(result))))
            .Where(pair => pair.Value is not null)
            .ToList();
        if (values.FirstOrDefault(pair => pair.Name == "Verdict").Value is { } verdict) output.WriteLine(verdict);
        Tables.Write(output, ["what", "value"], values.Where(pair => pair.Name != "Verdict").Select(pair =>
            (IReadOnlyList<string>)[Names.Kebab(pair.Name), pair.Value!]));
    }

    // A value, or a few of them in a list; null for what has parts of its own.
    private static string? Alone(object? value) => value switch
    {
        string or bool or double or int or long or Enum => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
        IReadOnlyList<string> { Count: > 0 } texts => string.Join(", ", texts),
        IReadOnlyList<int> { Count: > 0 and <= MostListed } whole => string.Join(' ', whole),
        _ => null,
    };
}
