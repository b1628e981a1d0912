using Pentimento.Operations;

namespace Pentimento.Reports.Drawings;

/// <summary>The pictures that an operation's options ask for, drawn from its result alone; found by the operation's type.</summary>
internal abstract class Drawing
{
    /// <summary>Draws what an operation asks for, if anything.</summary>
    public static void Draw(Operation operation, object result)
    {
        var drawings = typeof(Drawing).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.BaseType is { IsGenericType: true } basis && basis.GetGenericTypeDefinition() == typeof(Drawing<,>))
            .Where(type => type.BaseType!.GetGenericArguments()[0] == operation.GetType());
        foreach (var drawing in drawings) ((Drawing)Activator.CreateInstance(drawing)!).DrawOne(operation, result);
    }

    private protected abstract void DrawOne(Operation operation, object result);
}

/// <summary>The pictures of one operation.</summary>
internal abstract class Drawing<TOperation, TResult> : Drawing where TOperation : Operation<TResult> where TResult : class
{
    private protected sealed override void DrawOne(Operation operation, object result) => Draw((TOperation)operation, (TResult)result);

    /// <summary>Draws what the operation asks for.</summary>
    protected abstract void Draw(TOperation operation, TResult result);

    /// <summary>Writes a PNG whole.</summary>
    protected static void Write(string file, byte[] png) => SafeFile.Write(Path.GetFullPath(file), stream => stream.Write(png));
}
