using System.Runtime.CompilerServices;

namespace Pentimento.Tests;

/// <summary>Loads libtorch before the first test; one thread, so that sums are added in one order.</summary>
internal static class Libtorch
{
    [ModuleInitializer]
    internal static void Load() => Native.Load(1);
}
