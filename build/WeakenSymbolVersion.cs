using System;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Writes a copy of a 64-bit little-endian ELF library in which the need for one symbol version is weak.</summary>
/// <remarks>System V ABI, "Symbol versioning": Elf64_Verneed and Elf64_Vernaux of the section .gnu.version_r (type SHT_GNU_verneed).</remarks>
public class WeakenSymbolVersion : Task
{
    private const uint NeededVersions = 0x6ffffffe;
    private const byte Weak = 2;

    [Required] public string Source { get; set; }
    [Required] public string Destination { get; set; }
    [Required] public string SymbolVersion { get; set; }

    public override bool Execute()
    {
        if (File.Exists(Destination) && File.GetLastWriteTimeUtc(Destination) >= File.GetLastWriteTimeUtc(Source)) return true;

        var library = File.ReadAllBytes(Source);
        Mark(library);
        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        // A new file, never an overwritten one: what stands there may be a link into the package cache.
        var beside = Destination + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(beside, library);
        File.Delete(Destination);
        File.Move(beside, Destination);
        return true;
    }

    private void Mark(byte[] elf)
    {
        var sections = BitConverter.ToInt64(elf, 0x28);
        var sectionSize = BitConverter.ToUInt16(elf, 0x3A);
        var sectionCount = BitConverter.ToUInt16(elf, 0x3C);
        var header = Enumerable.Range(0, sectionCount).Select(i => (int)sections + (i * sectionSize))
            .FirstOrDefault(at => BitConverter.ToUInt32(elf, at + 4) == NeededVersions);
        if (header == 0) return;

        var names = (int)sections + (BitConverter.ToInt32(elf, header + 0x28) * sectionSize);
        var namesAt = (int)BitConverter.ToInt64(elf, names + 0x18);
        var need = (int)BitConverter.ToInt64(elf, header + 0x18);
        for (var left = BitConverter.ToInt32(elf, header + 0x2C); left > 0; left--)
        {
            var version = need + BitConverter.ToInt32(elf, need + 8);
            for (var versions = BitConverter.ToUInt16(elf, need + 2); versions > 0; versions--)
            {
                if (Text(elf, namesAt + BitConverter.ToInt32(elf, version + 8)) == SymbolVersion) elf[version + 4] |= Weak;
                version += BitConverter.ToInt32(elf, version + 12);
            }

            need += BitConverter.ToInt32(elf, need + 12);
        }
    }

    private static string Text(byte[] elf, int at) => Encoding.ASCII.GetString(elf, at, Array.IndexOf(elf, (byte)0, at) - at);
}
