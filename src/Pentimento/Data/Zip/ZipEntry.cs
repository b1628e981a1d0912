using System.Text;

namespace Pentimento.Data.Zip;

/// <summary>One file of an archive, and how zip describes it: before its bytes and again at the archive's end.</summary>
/// <remarks>PKWARE, "APPNOTE.TXT, .ZIP file format specification", sections 4.3.7, 4.3.12, 4.5.3.</remarks>
/// <param name="Name">The file's name.</param>
/// <param name="Offset">Where the archive describes it first.</param>
/// <param name="Stored">Whether its bytes are stored as they are, or deflated.</param>
/// <param name="Crc">CRC-32 of its bytes.</param>
/// <param name="PackedLength">Bytes in the archive.</param>
/// <param name="Length">Bytes unpacked.</param>
internal readonly record struct ZipEntry(string Name, long Offset, bool Stored, uint Crc, long PackedLength, long Length)
{
    // Midnight of 1980-01-01, zip's first day, in its own coding: a fixed date keeps equal arrays equal as files.
    private const uint Dateless = 0x00210000;
    private const ushort NamesAreUtf8 = 1 << 11;
    private const ushort Zip64 = 1;

    // Deflate may grow what it cannot pack, by an eighth at the very most, and the first description is sized before the packed length is known.
    private const long MayGrowLarge = 3_500_000_000;

    private bool IsLarge => Length > MayGrowLarge;

    private ushort Version => (ushort)(IsLarge || Offset >= uint.MaxValue ? 45 : 20);

    /// <summary>The description before the bytes; its length depends on name and length alone.</summary>
    public void WriteLocal(BinaryWriter writer)
    {
        writer.Write("PK\u0003\u0004"u8);
        WriteCommon(writer, extra: (ushort)(IsLarge ? 20 : 0));
        writer.Write(Encoding.UTF8.GetBytes(Name));
        if (!IsLarge) return;
        writer.Write(Zip64);
        writer.Write((ushort)16);
        writer.Write(Length);
        writer.Write(PackedLength);
    }

    /// <summary>The description in the directory at the archive's end.</summary>
    public void WriteCentral(BinaryWriter writer)
    {
        var far = Offset >= uint.MaxValue;
        var large = (IsLarge ? 16 : 0) + (far ? 8 : 0);
        writer.Write("PK\u0001\u0002"u8);
        writer.Write(Version);
        WriteCommon(writer, extra: (ushort)(large > 0 ? 4 + large : 0));
        // No comment, first disk, no attributes.
        writer.Write(new byte[10]);
        writer.Write(far ? uint.MaxValue : (uint)Offset);
        writer.Write(Encoding.UTF8.GetBytes(Name));
        if (large == 0) return;
        writer.Write(Zip64);
        writer.Write((ushort)large);
        if (IsLarge) writer.Write(Length);
        if (IsLarge) writer.Write(PackedLength);
        if (far) writer.Write(Offset);
    }

    private void WriteCommon(BinaryWriter writer, ushort extra)
    {
        writer.Write(Version);
        writer.Write(NamesAreUtf8);
        writer.Write((ushort)(Stored ? 0 : 8));
        writer.Write(Dateless);
        writer.Write(Crc);
        writer.Write(IsLarge ? uint.MaxValue : (uint)PackedLength);
        writer.Write(IsLarge ? uint.MaxValue : (uint)Length);
        writer.Write((ushort)Encoding.UTF8.GetByteCount(Name));
        writer.Write(extra);
    }
}
