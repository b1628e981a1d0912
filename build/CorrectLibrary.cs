using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Writes a copy of one known library, told by its SHA-256: a 64-bit little-endian ELF library for x86-64 in which the need for
/// one symbol version is weak and one
/// function does nothing.</summary>
/// <remarks>
/// System V ABI, "Symbol versioning": Elf64_Verneed and Elf64_Vernaux of the section .gnu.version_r (type SHT_GNU_verneed); "Symbol table":
/// Elf64_Sym of
/// the section .dynsym (type SHT_DYNSYM).
/// </remarks>
public class CorrectLibrary : Task
{
    private const uint NeededVersions = 0x6ffffffe;
    private const uint DynamicSymbols = 11;
    private const int SymbolSize = 24;
    private const ushort X64 = 62;
    private const ushort Imported = 0;
    private const byte Weak = 2;
    private const byte Return = 0xC3;

    [Required] public string Source { get; set; }
    [Required] public string Destination { get; set; }
    [Required] public string SymbolVersion { get; set; }
    [Required] public string Function { get; set; }

    /// <summary>The SHA-256 of every library that the correction was tried on, separated by semicolons.</summary>
    [Required] public string Known { get; set; }

    public override bool Execute()
    {
        var library = File.ReadAllBytes(Source);
        var hash = Hash(library);
        // Bytes decide, not dates: a restored package is older than what was made of its predecessor.
        if (File.Exists(Destination) && File.Exists(Stamp) && File.ReadAllText(Stamp) == Key(hash, File.ReadAllBytes(Destination))) return true;
        if (!Known.Split(';').Contains(hash))
        {
            Log.LogError(
                "{0} (SHA-256 {1}) is not a library that its correction was tried on. Use the version of TorchSharp that this package asks for, "
                    + "or build with -p:CorrectTorchSharp=false and do without.",
                Source, hash);
            return false;
        }

        if (!Mark(library) || !Silence(library))
        {
            Log.LogError("{0} does not have the symbol version {1} and its own function {2}, so it cannot be "
                + "corrected.", Source, SymbolVersion, Function);
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        // A new file, never an overwritten one: what stands there may be a link into the package cache.
        var beside = Destination + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(beside, library);
        File.Delete(Destination);
        File.Move(beside, Destination);
        File.WriteAllText(Stamp, Key(hash, library));
        return true;
    }

    /// <summary>Tells the source, what is corrected in it, and the copy.</summary>
    private string Key(string source, byte[] copy) => string.Join(" ", source, SymbolVersion, Function, Hash(copy));

    /// <summary>Says of which bytes the copy was made, how, and which it has.</summary>
    private string Stamp => Destination + ".sha256";

    private static string Hash(byte[] bytes)
    {
        using (var sha = SHA256.Create()) return string.Concat(sha.ComputeHash(bytes).Select(value => value.ToString("x2")));
    }

    /// <summary>Marks the version; false where it is not needed.</summary>
    private bool Mark(byte[] elf)
    {
        var found = false;
        var header = Header(elf, NeededVersions);
        if (header == 0) return false;

        var namesAt = Names(elf, header);
        var need = (int)BitConverter.ToInt64(elf, header + 0x18);
        for (var left = BitConverter.ToInt32(elf, header + 0x2C); left > 0; left--)
        {
            var version = need + BitConverter.ToInt32(elf, need + 8);
            for (var versions = BitConverter.ToUInt16(elf, need + 2); versions > 0; versions--)
            {
                if (Text(elf, namesAt + BitConverter.ToInt32(elf, version + 8)) == SymbolVersion)
                {
                    elf[version + 4] |= Weak;
                    found = true;
                }

                version += BitConverter.ToInt32(elf, version + 12);
            }

            need += BitConverter.ToInt32(elf, need + 12);
        }

        return found;
    }

    /// <summary>Lets the function return at once; false where the library only imports it.</summary>
    private bool Silence(byte[] elf)
    {
        var header = Header(elf, DynamicSymbols);
        if (header == 0 || BitConverter.ToUInt16(elf, 0x12) != X64) return false;

        var namesAt = Names(elf, header);
        var first = (int)BitConverter.ToInt64(elf, header + 0x18);
        for (var symbol = first; symbol < first + (int)BitConverter.ToInt64(elf, header + 0x20); symbol += SymbolSize)
        {
            if (Text(elf, namesAt + BitConverter.ToInt32(elf, symbol)) != Function) continue;
            var index = BitConverter.ToUInt16(elf, symbol + 6);
            if (index == Imported) return false;
            var section = Section(elf, index);
            var address = BitConverter.ToInt64(elf, symbol + 8);
            elf[(int)(address - BitConverter.ToInt64(elf, section + 0x10) + BitConverter.ToInt64(elf, section + 0x18))] = Return;
            return true;
        }

        return false;
    }

    /// <summary>Where the header of the first section of a type stands, 0 for none.</summary>
    private static int Header(byte[] elf, uint type) =>
        Enumerable
            .Range(0, BitConverter.ToUInt16(elf, 0x3C))
            .Select(at => Section(elf, at))
            .FirstOrDefault(at => BitConverter.ToUInt32(elf, at + 4) == type);

    private static int Section(byte[] elf, int index) => (int)BitConverter.ToInt64(elf, 0x28) + (index * BitConverter.ToUInt16(elf, 0x3A));

    /// <summary>Where the names stand that a section's entries point into.</summary>
    private static int Names(byte[] elf, int header) => (int)BitConverter.ToInt64(elf, Section(elf, BitConverter.ToInt32(elf, header + 0x28)) + 0x18);

    private static string Text(byte[] elf, int at) => Encoding.ASCII.GetString(elf, at, Array.IndexOf(elf, (byte)0, at) - at);
}
