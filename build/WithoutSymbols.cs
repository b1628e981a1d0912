using System;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Writes a copy of a 64-bit little-endian ELF library that holds what is loaded, and nothing that only debuggers read.</summary>
/// <remarks>
/// System V ABI, "Program header": Elf64_Phdr. What no loadable segment holds is left out, section headers included; segments behind it move up, each
/// by whole pages, and their addresses stay.
/// </remarks>
public class WithoutSymbols : Task
{
    private const int HeaderSize = 0x38;
    private const uint Loadable = 1;

    [Required] public string Source { get; set; }
    [Required] public string Destination { get; set; }

    public override bool Execute()
    {
        var elf = File.ReadAllBytes(Source);
        if (BitConverter.ToUInt32(elf, 0) != 0x464C457F || elf[4] != 2 || elf[5] != 1)
        {
            Log.LogError("{0} is no 64-bit little-endian ELF library.", Source);
            return false;
        }

        var first = (int)BitConverter.ToInt64(elf, 0x20);
        var headers = Enumerable.Range(0, BitConverter.ToUInt16(elf, 0x38)).Select(at => first + (at * HeaderSize)).ToList();
        var segments = headers.Where(at => BitConverter.ToUInt32(elf, at) == Loadable).OrderBy(at => Offset(elf, at))
            .Select(at => (Old: Offset(elf, at), Size: Size(elf, at), Align: Math.Max(1, BitConverter.ToInt64(elf, at + 0x30)))).ToList();
        var moves = segments.Select(segment => (segment.Old, segment.Size, New: 0L)).ToList();
        var end = 0L;
        for (var at = 0; at < moves.Count; at++)
        {
            // Offset and address agree in what is less than a page, before and after.
            var (old, size, align) = segments[at];
            var place = end + ((((old - end) % align) + align) % align);
            moves[at] = (old, size, Math.Min(old, place));
            end = Math.Max(end, moves[at].New + size);
        }

        var whole = new byte[end];
        foreach (var (old, size, place) in moves) Array.Copy(elf, old, whole, place, size);
        foreach (var header in headers.Where(at => Size(elf, at) > 0))
        {
            var inside = moves.First(move => Offset(elf, header) >= move.Old && Offset(elf, header) + Size(elf, header) <= move.Old + move.Size);
            BitConverter.GetBytes(Offset(elf, header) - inside.Old + inside.New).CopyTo(whole, header + 8);
        }

        // No section headers: where, how many, and which holds their names.
        Array.Clear(whole, 0x28, 8);
        Array.Clear(whole, 0x3C, 4);
        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        File.WriteAllBytes(Destination, whole);
        return true;
    }

    private static long Offset(byte[] elf, int header) => BitConverter.ToInt64(elf, header + 8);

    private static long Size(byte[] elf, int header) => BitConverter.ToInt64(elf, header + 0x20);
}
