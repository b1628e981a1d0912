using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Pentimento.Data;

namespace Pentimento.Networks.Torch;

/// <summary>PyTorch's own files of weights: a zip of a pickle and of raw values, as written by torch.save since version 1.6.</summary>
internal static class PthFile
{
    private const long LongestPickle = 64_000_000;

    /// <summary>Reads a state dictionary, or the one inside a checkpoint; a prefix <c>module.</c> of all names is dropped.</summary>
    /// <exception cref="BadInputException">It is not such a file, or names anything but tensors, dictionaries and numbers.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(string file)
    {
        try
        {
            using var archive = ZipFile.OpenRead(file);
            var pickle = archive.Entries.FirstOrDefault(entry => entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal) || entry.FullName == "data.pkl");
            Require.That(pickle is not null, $"{file} is a zip, but not one of torch.save: it holds no data.pkl.");
            Require.That(pickle.Length <= LongestPickle, $"{file}: its pickle claims {pickle.Length:N0} bytes.");
            var root = pickle.FullName[..^"data.pkl".Length];
            CheckOrder(archive, root, file);
            var tensors = StateOf(new Pickle(Bytes(pickle, file), file).Read(), file);
            return Unprefixed(tensors).ToDictionary(pair => pair.Key, pair => Load(archive, root, pair.Value, $"{file}, {pair.Key}"));
        }
        catch (InvalidDataException failure)
        {
            throw new BadInputException($"{file} is not a zip as torch.save writes since PyTorch 1.6; load and save it again with a newer one.", failure);
        }
    }

    /// <summary>Writes a state dictionary that <c>torch.load(..., weights_only=True)</c> reads.</summary>
    public static void Write(string file, IReadOnlyDictionary<string, NpyArray> tensors) => SafeFile.Write(file, stream =>
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Put(archive, "archive/data.pkl", PthPickle.Of(tensors));
        Put(archive, "archive/byteorder", "little"u8);
        foreach (var (array, at) in tensors.Values.Select((array, at) => (array, at)))
            Put(archive, string.Create(CultureInfo.InvariantCulture, $"archive/data/{at}"), Npy.Bytes(array.Data));
        Put(archive, "archive/version", "3\n"u8);
    });

    private static void Put(ZipArchive archive, string name, ReadOnlySpan<byte> bytes)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var content = entry.Open();
        content.Write(bytes);
    }

    private static void CheckOrder(ZipArchive archive, string root, string file)
    {
        if (archive.GetEntry(root + "byteorder") is not { Length: < 16 } entry) return;
        var order = Encoding.ASCII.GetString(Bytes(entry, file));
        Require.That(order == "little", $"{file} holds {order}-endian values; only little-endian ones are read.");
    }

    /// <summary>The first dictionary of tensors, from the outermost inwards.</summary>
    private static Dictionary<string, StoredTensor> StateOf(object? value, string file)
    {
        var open = new Queue<object?>([value]);
        for (var looked = 0; open.Count > 0 && looked < 10_000; looked++)
        {
            if (open.Dequeue() is not IDictionary<string, object?> dictionary) continue;
            var tensors = dictionary.Where(pair => pair.Value is StoredTensor).ToDictionary(pair => pair.Key, pair => (StoredTensor)pair.Value!);
            if (tensors.Count > 0) return tensors;
            foreach (var inner in dictionary.Values) open.Enqueue(inner);
        }

        throw new BadInputException($"{file} holds no dictionary of tensors.");
    }

    private static Dictionary<string, StoredTensor> Unprefixed(Dictionary<string, StoredTensor> tensors)
    {
        const string Prefix = "module.";
        return tensors.Keys.All(name => name.StartsWith(Prefix, StringComparison.Ordinal)) ? tensors.ToDictionary(pair => pair.Key[Prefix.Length..], pair => pair.Value) : tensors;
    }

    private static NpyArray Load(ZipArchive archive, string root, StoredTensor tensor, string name)
    {
        var storage = tensor.Storage;
        var size = StorageReference.Types.GetValueOrDefault(storage.Type);
        Require.That(storage.Type is "FloatStorage" or "DoubleStorage" or "HalfStorage" or "BFloat16Storage" or "LongStorage", $"{name}: expected floating-point weights, got {storage.Type}.");
        var entry = archive.GetEntry($"{root}data/{storage.Key}");
        Require.That(entry is not null, $"{name}: the archive holds no data/{storage.Key}.");
        Require.That(storage.Count >= 0 && storage.Count <= int.MaxValue / size && entry.Length == storage.Count * size, $"{name}: {storage.Count:N0} values of {size} bytes are promised, {entry.Length:N0} bytes are there.");
        var places = Places(tensor, storage.Count, name);
        var bytes = Bytes(entry, name);
        if (storage.Type == "LongStorage") return new(Pick(MemoryMarshal.Cast<byte, long>(bytes).ToArray(), places), tensor.Sizes);
        return new(Pick(Floats(bytes, storage.Type), places), tensor.Sizes);
    }

    /// <summary>The place in the storage of every value, row-major.</summary>
    private static int[] Places(StoredTensor tensor, long stored, string name)
    {
        var (count, last) = (1L, tensor.Offset);
        for (var axis = 0; axis < tensor.Sizes.Length; axis++)
        {
            var (size, stride) = (tensor.Sizes[axis], tensor.Strides[axis]);
            Require.That(size >= 0 && stride >= 0 && stride <= stored && (size == 0 || count <= stored / size), $"{name}: its shape ({string.Join(", ", tensor.Sizes)}) reaches outside the {stored:N0} values stored.");
            count *= size;
            last += Math.Max(0, size - 1) * stride;
        }

        Require.That(tensor.Offset >= 0 && (count == 0 || last < stored), $"{name}: its values reach outside the {stored:N0} stored.");
        var places = new int[count];
        for (var at = 0; at < places.Length; at++)
        {
            var (rest, place) = ((long)at, tensor.Offset);
            for (var axis = tensor.Sizes.Length - 1; axis >= 0; axis--)
            {
                place += rest % tensor.Sizes[axis] * tensor.Strides[axis];
                rest /= tensor.Sizes[axis];
            }

            places[at] = (int)place;
        }

        return places;
    }

    private static T[] Pick<T>(T[] values, int[] places) => Array.ConvertAll(places, place => values[place]);

    private static float[] Floats(byte[] bytes, string type) => type switch
    {
        "DoubleStorage" => Array.ConvertAll(MemoryMarshal.Cast<byte, double>(bytes).ToArray(), value => (float)value),
        "HalfStorage" => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(bytes).ToArray(), value => (float)value),
        "BFloat16Storage" => Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(bytes).ToArray(), bits => BitConverter.UInt32BitsToSingle((uint)bits << 16)),
        _ => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
    };

    private static byte[] Bytes(ZipArchiveEntry entry, string name)
    {
        const long TightestDeflate = 1032;
        Require.That(entry.Length / TightestDeflate <= entry.CompressedLength && entry.Length <= int.MaxValue, $"{name}: an entry claims {entry.Length:N0} bytes.");
        var bytes = new byte[entry.Length];
        using var content = entry.Open();
        Require.That(content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length, $"{name} is cut short.");
        return bytes;
    }
}
