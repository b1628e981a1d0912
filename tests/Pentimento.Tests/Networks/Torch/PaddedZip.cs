using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Pentimento.Tests.Networks.Torch;

/// <summary>A zip as PyTorch 2's writer lays it out: nothing packed, sizes and checksums behind the contents, and headers padded until
/// contents start at multiples of 64 bytes.</summary>
internal static class PaddedZip
{
    private const int Alignment = 64;
    private const int LocalHeader = 30;

    // Sizes follow behind the content, and names are UTF-8.
    private const ushort Flags = 0x0808;

    public static byte[] Of(params (string Name, byte[] Content)[] entries)
    {
        var (zip, directory) = (new MemoryStream(), new MemoryStream());
        foreach (var (name, content) in entries)
        {
            var (start, crc) = (zip.Position, Crc32.HashToUInt32(content));
            var letters = Encoding.UTF8.GetBytes(name);
            var padding = Alignment - (int)((start + LocalHeader + letters.Length + 4) % Alignment);
            Put(zip, 0x04034b50, 4);
            Put(zip, 0, 2);
            Put(zip, Flags, 2);
            Put(zip, 0, 18);
            Put(zip, (uint)letters.Length, 2);
            Put(zip, (uint)(padding + 4), 2);
            zip.Write(letters);
            zip.Write("FB"u8);
            Put(zip, (uint)padding, 2);
            zip.Write(Enumerable.Repeat((byte)'Z', padding).ToArray());
            zip.Write(content);
            Put(zip, 0x08074b50, 4);
            Sizes(zip, crc, content);
            Put(directory, 0x02014b50, 4);
            Put(directory, 0, 4);
            Put(directory, Flags, 2);
            Put(directory, 0, 6);
            Sizes(directory, crc, content);
            Put(directory, (uint)letters.Length, 2);
            Put(directory, 0, 12);
            Put(directory, (uint)start, 4);
            directory.Write(letters);
        }

        var at = zip.Position;
        directory.WriteTo(zip);
        Put(zip, 0x06054b50, 4);
        Put(zip, 0, 4);
        Put(zip, (uint)entries.Length, 2);
        Put(zip, (uint)entries.Length, 2);
        Put(zip, (uint)directory.Length, 4);
        Put(zip, (uint)at, 4);
        Put(zip, 0, 2);
        return zip.ToArray();
    }

    private static void Sizes(MemoryStream stream, uint crc, byte[] content)
    {
        Put(stream, crc, 4);
        Put(stream, (uint)content.Length, 4);
        Put(stream, (uint)content.Length, 4);
    }

    /// <summary>A number in its lowest bytes, and zeros up to the length.</summary>
    private static void Put(MemoryStream stream, uint value, int length)
    {
        Span<byte> bytes = stackalloc byte[Math.Max(4, length)];
        bytes.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        stream.Write(bytes[..length]);
    }
}
