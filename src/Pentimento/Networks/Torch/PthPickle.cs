using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Pentimento.Data;

namespace Pentimento.Networks.Torch;

/// <summary>The pickle of a state dictionary, protocol 2, in the instructions that PyTorch itself writes.</summary>
internal static class PthPickle
{
    /// <summary>Names each tensor and points to its storage, numbered in the dictionary's order.</summary>
    public static byte[] Of(IReadOnlyDictionary<string, NpyArray> tensors)
    {
        using var pickle = new MemoryStream();
        pickle.Write([0x80, 2]);
        EmptyDictionary(pickle);
        pickle.WriteByte((byte)'(');
        foreach (var ((name, array), at) in tensors.Select((pair, at) => (pair, at)))
        {
            Text(pickle, name);
            Tensor(pickle, array, at.ToString(CultureInfo.InvariantCulture));
        }

        pickle.Write("u."u8);
        return pickle.ToArray();
    }

    private static void Tensor(MemoryStream pickle, NpyArray array, string key)
    {
        pickle.Write("ctorch._utils\n_rebuild_tensor_v2\n(("u8);
        Text(pickle, "storage");
        pickle.Write(array.Holds<long>() ? "ctorch\nLongStorage\n"u8 : "ctorch\nFloatStorage\n"u8);
        Text(pickle, key);
        Text(pickle, "cpu");
        Whole(pickle, array.Data.Length);
        pickle.Write("tQ"u8);
        Whole(pickle, 0);
        Tuple(pickle, array.Shape);
        Tuple(pickle, [.. array.Shape.Select((_, axis) => array.Shape[(axis + 1)..].Aggregate(1L, (product, size) => product * size))]);
        // requires_grad is False, and there are no hooks.
        pickle.WriteByte(0x89);
        EmptyDictionary(pickle);
        pickle.Write("tR"u8);
    }

    private static void EmptyDictionary(MemoryStream pickle) => pickle.Write("ccollections\nOrderedDict\n)R"u8);

    private static void Tuple(MemoryStream pickle, long[] values)
    {
        pickle.WriteByte((byte)'(');
        foreach (var value in values) Whole(pickle, checked((int)value));
        pickle.WriteByte((byte)'t');
    }

    private static void Whole(MemoryStream pickle, int value)
    {
        Span<byte> bytes = stackalloc byte[5];
        bytes[0] = (byte)'J';
        BinaryPrimitives.WriteInt32LittleEndian(bytes[1..], value);
        pickle.Write(bytes);
    }

    private static void Text(MemoryStream pickle, string text)
    {
        var letters = Encoding.UTF8.GetBytes(text);
        Span<byte> head = stackalloc byte[5];
        head[0] = (byte)'X';
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], letters.Length);
        pickle.Write(head);
        pickle.Write(letters);
    }
}
