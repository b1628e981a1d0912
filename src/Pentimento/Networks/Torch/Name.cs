namespace Pentimento.Networks.Torch;

/// <summary>One of the few things that a pickle of weights may name.</summary>
/// <param name="Module">Python's module.</param>
/// <param name="Member">What of it.</param>
internal sealed record Name(string Module, string Member)
{
    private static readonly string[] Known = ["collections.OrderedDict", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_parameter"];

    /// <summary>The name, if it is known.</summary>
    /// <exception cref="BadInputException">It is not: pickles can name any code, and this reader runs none.</exception>
    public static Name Of(string module, string member, string file)
    {
        var known = Known.Contains($"{module}.{member}") || (module is "torch" or "torch.storage" && StorageReference.Types.ContainsKey(member));
        Require.That(
            known || !module.StartsWith("__torch__", StringComparison.Ordinal),
            $"{file} is a network of torch.jit; --network torchscript reads it, which runs the code inside.");
        Require.That(
            known || member.Length == 0 || !char.IsUpper(member[0]),
            $"{file} holds a whole module ({module}.{member}), not weights alone, and no code is run here; export it in Python: {Export(file)}");
        Require.That(known, $"{file}: the pickle names {module}.{member}; only tensors, dictionaries and numbers are read, and no code is run.");
        return new(module, member);
    }

    /// <summary>The line of Python that makes a file which is read here.</summary>
    private static string Export(string file)
    {
        var (plain, name) = (Path.GetFileName(file), Path.GetFileNameWithoutExtension(file));
        return $"import torch; torch.onnx.export(torch.load('{plain}', weights_only=False).eval(), torch.rand(1, 3, 224, 224), '{name}.onnx', "
            + "input_names=['images'], dynamic_axes={'images': {0: 'N'}}).";
    }

    /// <summary>What calling it gives.</summary>
    /// <exception cref="BadInputException">It is called with something else than PyTorch does.</exception>
    public object Call(object?[] arguments, string file)
    {
        switch (Member)
        {
            case "OrderedDict" when arguments.Length == 0:
                return new Dictionary<string, object?>();
            case "_rebuild_parameter" when arguments is [StoredTensor tensor, ..]:
                return tensor;
            case "_rebuild_tensor_v2"
                when arguments is [StorageReference storage, long offset, object?[] sizes, object?[] strides, ..] && sizes.Length == strides.Length:
                return new StoredTensor(
                    storage,
                    offset,
                    Array.ConvertAll(sizes, size => (long)size!),
                    Array.ConvertAll(strides, stride => (long)stride!));
            default:
                throw new BadInputException($"{file}: the pickle calls {Module}.{Member} as PyTorch never does.");
        }
    }
}

/// <summary>The values of one or more tensors, kept in a file of their own within the archive.</summary>
/// <param name="Type">PyTorch's name of the storage's type.</param>
/// <param name="Key">The file's name.</param>
/// <param name="Count">How many values it says it holds.</param>
internal sealed record StorageReference(string Type, string Key, long Count)
{
    /// <summary>The storage types that are known, with the bytes of a value.</summary>
    public static IReadOnlyDictionary<string, int> Types { get; } = new Dictionary<string, int>
    {
        ["FloatStorage"] = 4,
        ["DoubleStorage"] = 8,
        ["HalfStorage"] = 2,
        ["BFloat16Storage"] = 2,
        ["LongStorage"] = 8,
        ["IntStorage"] = 4,
        ["ShortStorage"] = 2,
        ["ByteStorage"] = 1,
        ["CharStorage"] = 1,
        ["BoolStorage"] = 1,
    };

    /// <summary>From the tuple ('storage', type, key, device, count).</summary>
    public StorageReference(object?[] parts) : this(((Name)parts[1]!).Member, (string)parts[2]!, (long)parts[4]!)
    {
    }
}

/// <summary>A tensor as a view of a storage.</summary>
/// <param name="Storage">Where its values are.</param>
/// <param name="Offset">The first value's place.</param>
/// <param name="Sizes">Its shape.</param>
/// <param name="Strides">How far apart neighbours are, along each dimension.</param>
internal sealed record StoredTensor(StorageReference Storage, long Offset, long[] Sizes, long[] Strides);
