using Pentimento.Operations;

namespace Pentimento.Reports.Drawings;

/// <summary>The pictures that an operation's options ask for, drawn from its result alone; found by the operation's type.</summary>
internal abstract class Drawing
{
    /// <summary>Draws what an operation asks for, if anything.</summary>
    public static void Draw(Operation operation, object result)
    {
        foreach (var drawing in Of(operation)) drawing.DrawOne(operation, result);
    }

    /// <summary>The operation that is drawn while it works, where one is.</summary>
    public static Operation Follow(Operation operation) => Of(operation).Aggregate(operation, (followed, drawing) => drawing.FollowOne(followed));

    private protected abstract void DrawOne(Operation operation, object result);

    private protected abstract Operation FollowOne(Operation operation);

    private static IEnumerable<Drawing> Of(Operation operation) =>
        typeof(Drawing).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.BaseType is { IsGenericType: true } basis && basis.GetGenericTypeDefinition() == typeof(Drawing<,>))
            .Where(type => type.BaseType!.GetGenericArguments()[0] == operation.GetType())
            .Select(type => (Drawing)Activator.CreateInstance(type)!);
}

/// <summary>The pictures of one operation.</summary>
internal abstract class Drawing<TOperation, TResult> : Drawing where TOperation : Operation<TResult> where TResult : class
{
    private protected sealed override void DrawOne(Operation operation, object result) => Draw((TOperation)operation, (TResult)result);

    private protected sealed override Operation FollowOne(Operation operation) => Follow((TOperation)operation);

    /// <summary>The same operation, drawn while it works; as it is unless a drawing follows it.</summary>
    protected virtual TOperation Follow(TOperation operation) => operation;

    /// <summary>Draws what the operation asks for.</summary>
    protected abstract void Draw(TOperation operation, TResult result);

    /// <summary>Writes a PNG whole.</summary>
    protected static void Write(string file, byte[] png) => SafeFile.Write(Path.GetFullPath(file), stream => stream.Write(png));
}
