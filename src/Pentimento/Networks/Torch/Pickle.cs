using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Pentimento.Networks.Torch;

/// <summary>
/// A reader of pickles that runs no code: it knows numbers, texts, lists, tuples, dictionaries and PyTorch's tensors, and refuses whatever
/// else a pickle names.
/// </summary>
/// <remarks>Python's documentation of the module pickletools, protocols 2 to 5.</remarks>
/// <param name="bytes">The whole pickle.</param>
/// <param name="name">The file's name, for messages.</param>
internal sealed class Pickle(byte[] bytes, string name)
{
    private const int DeepestStack = 1_000_000;

    // An instruction makes at most one small object: so many are some hundred megabytes, and forty thousand tensors.
    private const int MostInstructions = 2_000_000;
    private static readonly object Mark = new();

    private readonly List<object?> stack = [];
    private readonly Dictionary<int, object?> memo = [];
    private int at;

    /// <summary>Reads the one value that the pickle holds.</summary>
    /// <exception cref="BadInputException">It is malformed, or names something unknown.</exception>
    public object? Read()
    {
        try
        {
            for (var instruction = 0; ; instruction++)
            {
                Require.That(instruction < MostInstructions, $"{name}: the pickle has more than {MostInstructions:N0} instructions.");
                var code = (char)Next(1)[0];
                if (code == '.') return Pop();
                Do(code);
                Require.That(stack.Count < DeepestStack, $"{name}: the pickle piles up more than {DeepestStack:N0} values.");
            }
        }
        catch (Exception failure) when (failure is ArgumentOutOfRangeException or InvalidCastException or KeyNotFoundException
            or ArgumentException or OverflowException or NullReferenceException or IndexOutOfRangeException)
        {
            throw new BadInputException($"{name}: the pickle is malformed near byte {at:N0}.", failure);
        }
    }

    private void Do(char code)
    {
        switch (code)
        {
            case '\x80': Next(1); break;
            case '\x95': Next(8); break;
            case '(': stack.Add(Mark); break;
            case '0': Pop(); break;
            case '}': stack.Add(new Dictionary<string, object?>()); break;
            case ']': stack.Add(new List<object?>()); break;
            case ')': stack.Add(Array.Empty<object?>()); break;
            case 't': stack.Add(PopToMark().ToArray()); break;
            case '\x85' or '\x86' or '\x87': stack.Add(PopMany(code - '\x84')); break;
            case 's': SetItems((IDictionary<string, object?>)stack[^3]!, PopMany(2)); break;
            case 'u': { var items = PopToMark(); SetItems((IDictionary<string, object?>)stack[^1]!, [.. items]); break; }
            case 'a': { var item = Pop(); ((List<object?>)stack[^1]!).Add(item); break; }
            case 'e': { var items = PopToMark(); ((List<object?>)stack[^1]!).AddRange(items); break; }
            case 'q': memo[Next(1)[0]] = stack[^1]; break;
            case 'r': memo[BinaryPrimitives.ReadInt32LittleEndian(Next(4))] = stack[^1]; break;
            case '\x94': memo[memo.Count] = stack[^1]; break;
            case 'h': stack.Add(memo[Next(1)[0]]); break;
            case 'j': stack.Add(memo[BinaryPrimitives.ReadInt32LittleEndian(Next(4))]); break;
            case 'c': stack.Add(Name.Of(Line(), Line(), name)); break;
            case '\x93': { var parts = PopMany(2); stack.Add(Name.Of((string)parts[0]!, (string)parts[1]!, name)); break; }
            case 'R': { var parts = PopMany(2); stack.Add(((Name)parts[0]!).Call((object?[])parts[1]!, name)); break; }
            // The state of an ordered dictionary is bookkeeping of PyTorch's (_metadata).
            case 'b': Pop(); break;
            case 'Q': stack.Add(new StorageReference((object?[])Pop()!)); break;
            default: stack.Add(Scalar(code)); break;
        }
    }

    private object? Scalar(char code) =>
        code switch
        {
            'N' => null,
            '\x88' => true,
            '\x89' => false,
            'J' => (long)BinaryPrimitives.ReadInt32LittleEndian(Next(4)),
            'K' => (long)Next(1)[0],
            'M' => (long)BinaryPrimitives.ReadUInt16LittleEndian(Next(2)),
            '\x8a' => Whole(Next(Next(1)[0])),
            'G' => BinaryPrimitives.ReadDoubleBigEndian(Next(8)),
            'X' => Encoding.UTF8.GetString(Next(BinaryPrimitives.ReadInt32LittleEndian(Next(4)))),
            '\x8c' or 'U' => Encoding.UTF8.GetString(Next(Next(1)[0])),
            _ => throw new BadInputException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: the pickle uses instruction 0x{(int)code:X2}, which weights do not need and this reader does not know.")),
        };

    private ReadOnlySpan<byte> Next(int count)
    {
        Require.That(count >= 0 && count <= bytes.Length - at, $"{name}: the pickle ends too early.");
        at += count;
        return bytes.AsSpan(at - count, count);
    }

    private string Line()
    {
        var end = Array.IndexOf(bytes, (byte)'\n', at);
        Require.That(end >= 0, $"{name}: the pickle ends too early.");
        var line = Encoding.UTF8.GetString(bytes, at, end - at);
        at = end + 1;
        return line;
    }

    private object? Pop()
    {
        var top = stack[^1];
        stack.RemoveAt(stack.Count - 1);
        return top;
    }

    private object?[] PopMany(int count)
    {
        var top = stack.GetRange(stack.Count - count, count).ToArray();
        stack.RemoveRange(stack.Count - count, count);
        return top;
    }

    private List<object?> PopToMark()
    {
        var mark = stack.LastIndexOf(Mark);
        var above = stack.GetRange(mark + 1, stack.Count - mark - 1);
        stack.RemoveRange(mark, stack.Count - mark);
        return above;
    }

    private static void SetItems(IDictionary<string, object?> dictionary, object?[] items)
    {
        // Optimisers number their parameters; such keys are told apart as texts.
        for (var item = 0; item + 1 < items.Length; item += 2)
            dictionary[Convert.ToString(items[item], CultureInfo.InvariantCulture)!] = items[item + 1];
    }

    private static long Whole(ReadOnlySpan<byte> littleEndian) => (long)new System.Numerics.BigInteger(littleEndian);
}
