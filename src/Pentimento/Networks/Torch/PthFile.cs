using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Pentimento.Data;

namespace Pentimento.Networks.Torch;

/// <summary>PyTorch's own files of weights: a zip of a pickle and of raw values, as written by torch.save since version 1.6.</summary>
internal static class PthFile
{
    private const long LongestPickle = 16_000_000;

    // How much more the tensors may be than the file: many may share one storage, but not so that a small file fills the memory.
    private const int MostUnpacking = 16;
    private const double AlwaysAllowed = 64e6;

    /// <summary>Reads a state dictionary, or the one inside a checkpoint: floating-point values as float32, whole numbers as int64.</summary>
    /// <exception cref="BadInputException">It is not such a file, or names anything but tensors, dictionaries and numbers.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(string file) => Read(file, PthState.Of);

    private static Dictionary<string, NpyArray> Read(string file, Func<object?, string, IReadOnlyDictionary<string, StoredTensor>> find)
    {
        try
        {
            using var archive = ZipFile.OpenRead(file);
            var pickle = archive.Entries.FirstOrDefault(entry =>
                entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal) || entry.FullName == "data.pkl");
            Require.That(pickle is not null, $"{file} is a zip, but not one of torch.save: it holds no data.pkl.");
            Require.That(pickle.Length <= LongestPickle, $"{file}: its pickle claims {pickle.Length:N0} bytes.");
            var root = pickle.FullName[..^"data.pkl".Length];
            CheckOrder(archive, root, file);
            var tensors = find(new Pickle(Bytes(pickle, file), file).Read(), file);
            CheckRoom([.. tensors.Values], new FileInfo(file).Length, file);
            var storages = new Dictionary<StorageReference, Array>();
            return tensors.ToDictionary(pair => pair.Key, pair => Load(archive, root, pair.Value, storages, $"{file}, {pair.Key}"));
        }
        catch (InvalidDataException failure)
        {
            throw new BadInputException(IsOld(file)
                ? $"{file} is in the format of PyTorch before 1.6; load it with a newer one and save it again."
                : $"{file} is not a zip as torch.save writes.", failure);
        }
    }

    /// <summary>Writes a state dictionary that <c>torch.load(..., weights_only=True)</c> reads, as float32 and int64; the file is read back before it
    /// gets its name.</summary>
    /// <exception cref="BadInputException">A tensor holds no numbers, or one that is too large.</exception>
    public static void Write(string file, IReadOnlyDictionary<string, NpyArray> tensors)
    {
        var plain = PlainWeights.Of(tensors, file);
        SafeFile.Write(file, stream => Write(stream, plain), written => PlainWeights.CheckSame(plain, Read(written, PthState.AsStored), file));
    }

    private static void Write(Stream stream, IReadOnlyDictionary<string, NpyArray> tensors)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Put(archive, "archive/data.pkl", PthPickle.Of(tensors));
        Put(archive, "archive/byteorder", "little"u8);
        foreach (var (array, at) in tensors.Values.Select((array, at) => (array, at)))
            Put(archive, string.Create(CultureInfo.InvariantCulture, $"archive/data/{at}"), Npy.Bytes(array.Data));
        Put(archive, "archive/version", "3\n"u8);
    }

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

    /// <summary>Whether it starts with the number 0x1950a86a20f9469cfc6c as a pickle, as torch.save wrote before zips.</summary>
    private static bool IsOld(string file)
    {
        using var stream = File.OpenRead(file);
        var start = new byte[14];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && start.AsSpan(2).SequenceEqual((ReadOnlySpan<byte>)[0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19]);
    }

    private static void CheckRoom(IReadOnlyCollection<StoredTensor> tensors, long length, string file)
    {
        var values = tensors.Sum(tensor => tensor.Sizes.Aggregate(8.0, (product, size) => product * Math.Max(0, size)));
        var stored = tensors.Select(tensor => tensor.Storage).Distinct().Sum(storage => 8.0 * Math.Max(0, storage.Count));
        Require.That(
            values + stored <= AlwaysAllowed + (MostUnpacking * (double)length),
            $"{file} of {length:N0} bytes claims tensors of {values + stored:0.0e0} bytes.");
    }

    private static NpyArray Load(ZipArchive archive, string root, StoredTensor tensor, Dictionary<StorageReference, Array> storages, string name)
    {
        if (!storages.TryGetValue(tensor.Storage, out var values)) values = storages[tensor.Storage] = Storage(archive, root, tensor.Storage, name);
        var places = Places(tensor, values.Length, name);
        return new(values is long[] whole ? Pick(whole, places) : Pick((float[])values, places), tensor.Sizes);
    }

    private static Array Storage(ZipArchive archive, string root, StorageReference storage, string name)
    {
        var size = StorageReference.Types.GetValueOrDefault(storage.Type);
        var entry = archive.GetEntry($"{root}data/{storage.Key}");
        Require.That(entry is not null, $"{name}: the archive holds no data/{storage.Key}.");
        Require.That(
            storage.Count >= 0 && storage.Count <= int.MaxValue / size && entry.Length == storage.Count * size,
            $"{name}: {storage.Count:N0} values of {size} bytes are promised, {entry.Length:N0} bytes are there.");
        var bytes = Bytes(entry, name);
        return storage.Type switch
        {
            "FloatStorage" => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
            "DoubleStorage" => Array.ConvertAll(MemoryMarshal.Cast<byte, double>(bytes).ToArray(), value => (float)value),
            "HalfStorage" => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(bytes).ToArray(), value => (float)value),
            "BFloat16Storage" => Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(bytes).ToArray(), bits =>
                BitConverter.UInt32BitsToSingle((uint)bits << 16)),
            "LongStorage" => MemoryMarshal.Cast<byte, long>(bytes).ToArray(),
            "IntStorage" => Array.ConvertAll(MemoryMarshal.Cast<byte, int>(bytes).ToArray(), value => (long)value),
            "ShortStorage" => Array.ConvertAll(MemoryMarshal.Cast<byte, short>(bytes).ToArray(), value => (long)value),
            "CharStorage" => Array.ConvertAll(bytes, value => (long)(sbyte)value),
            "ByteStorage" => Array.ConvertAll(bytes, value => (long)value),
            "BoolStorage" => Array.ConvertAll(bytes, value => value == 0 ? 0L : 1L),
            _ => throw new BadInputException($"{name}: expected floating-point weights, got {storage.Type}."),
        };
    }

    /// <summary>The place in the storage of every value, row-major.</summary>
    private static int[] Places(StoredTensor tensor, long stored, string name)
    {
        if (tensor.Sizes.Contains(0) && tensor.Sizes.All(size => size >= 0)) return [];
        Require.That(tensor.Offset >= 0 && tensor.Offset <= stored, $"{name}: its values start outside the {stored:N0} stored.");
        var (count, last) = (1L, tensor.Offset);
        for (var axis = 0; axis < tensor.Sizes.Length; axis++)
        {
            // Where nothing is stepped over, a stride may be anything; where it is 0, one value stands for many, as torch's expand makes it.
            var (size, stride) = (tensor.Sizes[axis], tensor.Sizes[axis] == 1 ? 0 : tensor.Strides[axis]);
            Require.That(
                size > 0 && stride >= 0 && stride <= stored && count <= int.MaxValue / size,
                $"{name}: its shape ({string.Join(", ", tensor.Sizes)}) reaches outside the {stored:N0} values stored.");
            count *= size;
            last += (size - 1) * stride;
        }

        Require.That(last < stored, $"{name}: its values reach outside the {stored:N0} stored.");
        var places = new int[count];
        for (var at = 0; at < places.Length; at++)
        {
            var (rest, place) = ((long)at, tensor.Offset);
            for (var axis = tensor.Sizes.Length - 1; axis >= 0; axis--)
            {
                place += rest % tensor.Sizes[axis] * (tensor.Sizes[axis] == 1 ? 0 : tensor.Strides[axis]);
                rest /= tensor.Sizes[axis];
            }

            places[at] = (int)place;
        }

        return places;
    }

    private static T[] Pick<T>(T[] values, int[] places) => Array.ConvertAll(places, place => values[place]);

    private static byte[] Bytes(ZipArchiveEntry entry, string name)
    {
        const long TightestDeflate = 1032;
        Require.That(
            entry.Length / TightestDeflate <= entry.CompressedLength && entry.Length <= int.MaxValue,
            $"{name}: an entry claims {entry.Length:N0} bytes.");
        var bytes = new byte[entry.Length];
        using var content = entry.Open();
        Require.That(content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length, $"{name} is cut short.");
        return bytes;
    }
}
