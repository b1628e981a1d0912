using System.Runtime.InteropServices;

namespace Pentimento.Tests.Foundation;

public sealed class NativeTests
{
    private const byte Return = 0xC3;

    [Fact]
    public void TorchSharps_library_as_the_build_corrects_it_frees_no_number_that_is_still_read()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64,
            "The library is corrected for Linux on x64 alone.");
        var library = NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, "runtimes/linux-x64/native/libLibTorchSharp.so"));

        Assert.Equal(Return, Marshal.ReadByte(NativeLibrary.GetExport(library, "THSTorch_dispose_scalar")));
        Assert.NotEqual(Return, Marshal.ReadByte(NativeLibrary.GetExport(library, "THSTorch_float32_to_scalar")));
    }
}
