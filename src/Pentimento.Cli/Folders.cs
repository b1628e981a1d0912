namespace Pentimento.Cli;

/// <summary>Where the command keeps things; the one place that reads the environment.</summary>
internal static class Folders
{
    /// <summary><c>pentimento</c> in $XDG_CACHE_HOME, or in the system's folder for caches.</summary>
    public static string Cache()
    {
#pragma warning disable RS0030 // The command line reads the environment; nothing below it does.
        var home = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
#pragma warning restore RS0030
        if (string.IsNullOrEmpty(home))
        {
            home = OperatingSystem.IsWindows()
                ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : Path.Combine(
                    Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
                    OperatingSystem.IsMacOS() ? "Library/Caches" : ".cache");
        }

        // An account without a home: not wherever the command happens to stand.
        return Path.Combine(Path.IsPathRooted(home) ? home : Path.GetTempPath(), "pentimento");
    }
}
