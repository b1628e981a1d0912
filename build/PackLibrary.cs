using System.IO;
using System.Reflection;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Packs a native library with the code of the command that will unpack it.</summary>
public class PackLibrary : Task
{
    [Required] public string Source { get; set; }
    [Required] public string Destination { get; set; }
    [Required] public string Command { get; set; }

    public override bool Execute()
    {
        // From its bytes: the build's process lives on, and the file is built anew.
        var packing = Assembly.Load(File.ReadAllBytes(Command)).GetType("Pentimento.Cli.Packed.PackedLibrary", throwOnError: true);
        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        packing.GetMethod("Pack").Invoke(null, new object[] { Source, Destination });
        return true;
    }
}
