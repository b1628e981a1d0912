using System.Runtime.InteropServices;
using System.Text.Json;

namespace Pentimento.Experiments.Executors;

/// <summary>The program that workers run: this one's own folder, or a copy of it that was published into a store.</summary>
internal static class Software
{
    private const string Program = "Pentimento.Cli.dll";
    private const string Runtime = "dotnet";

    /// <summary>The command that starts the program of a folder.</summary>
    /// <param name="folder">Where it lies; empty for this program's own folder.</param>
    /// <exception cref="BadInputException">There is none.</exception>
    public static IReadOnlyList<string> Command(string folder)
    {
        var place = folder.Length > 0 ? Path.GetFullPath(folder) : AppContext.BaseDirectory;
        var program = Path.Combine(place, Program);
        Require.That(File.Exists(program), $"{place} does not hold the pentimento command ({Program}), which workers are to run.");
        var own = Path.Combine(place, Runtime, Host);
        return [File.Exists(own) ? own : Path.Combine(RuntimeRoot, Host), program];
    }

    /// <summary>Copies this program, and the .NET runtime that it needs, into a store, once for each content.</summary>
    /// <param name="place">The store's folder of software.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    /// <returns>The copy's folder, named by the hash of its content.</returns>
    public static string Publish(string place, RunContext run) => Publish(place, AppContext.BaseDirectory, run);

    /// <summary>Copies a program into a store.</summary>
    internal static string Publish(string place, string program, RunContext run)
    {
        var files = Files(program).Concat(RuntimeFiles(program)).OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        using var hash = new ContentHash();
        foreach (var (name, file) in files)
        {
            run.Report(new("hash the software", 0, files.Count));
            hash.Add(name);
            hash.AddFile(file, run.Cancel);
        }

        var target = Path.Combine(place, hash.Value()[..16]);
        if (Directory.Exists(target)) return target;
        var beside = $"{target}.{Guid.NewGuid():N}.part";
        foreach (var ((name, file), at) in files.Select((file, at) => (file, at)))
        {
            run.Report(new("publish the software", at, files.Count));
            var copy = Path.Combine(beside, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return Rename(beside, target);
    }

    /// <summary>Gives the copy its name, unless another process was faster.</summary>
    private static string Rename(string beside, string target)
    {
        try
        {
            Directory.Move(beside, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            Directory.Delete(beside, recursive: true);
        }

        return target;
    }

    /// <summary>Every file of the program but those that only debuggers read, and libraries of other systems.</summary>
    private static IEnumerable<(string Name, string File)> Files(string program) =>
        Directory.EnumerateFiles(program, "*", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(program, file).Replace(Path.DirectorySeparatorChar, '/'), File: file))
            .Where(file => !file.Name.EndsWith(".pdb", StringComparison.Ordinal) && IsOfThisSystem(file.Name));

    private static bool IsOfThisSystem(string name)
    {
        const string Native = "runtimes/";
        if (!name.StartsWith(Native, StringComparison.Ordinal)) return true;
        var system = name[Native.Length..].Split('/')[0];
        var mine = RuntimeInformation.RuntimeIdentifier;
        return mine.StartsWith(system, StringComparison.Ordinal)
            || system.Equals($"linux-{RuntimeInformation.ProcessArchitecture}", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The shared frameworks of a program that does not bring its own, laid out as an installation of .NET.</summary>
    private static IEnumerable<(string Name, string File)> RuntimeFiles(string program)
    {
        var configuration = Path.Combine(program, Path.ChangeExtension(Program, ".runtimeconfig.json"));
        if (!File.Exists(configuration) || !File.Exists(Path.Combine(RuntimeRoot, Host))) return [];
        using var json = JsonDocument.Parse(File.ReadAllBytes(configuration));
        var options = json.RootElement.GetProperty("runtimeOptions");
        var frameworks = options.TryGetProperty("frameworks", out var several) ? several.EnumerateArray().ToList()
            : options.TryGetProperty("framework", out var one) ? [one] : [];
        var folders = frameworks.Select(framework => Newest(Path.Combine("shared", framework.GetProperty("name").GetString()!)))
            .Append(Newest(Path.Combine("host", "fxr"))).OfType<string>().ToList();
        return folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Append(Path.Combine(RuntimeRoot, Host))
            .Select(file => ($"{Runtime}/{Path.GetRelativePath(RuntimeRoot, file).Replace(Path.DirectorySeparatorChar, '/')}", file));
    }

    private static string? Newest(string folder)
    {
        var place = Path.Combine(RuntimeRoot, folder);
        return Directory.Exists(place)
            ? Directory.EnumerateDirectories(place)
                .Where(name => Path.GetFileName(name).StartsWith($"{Environment.Version.Major}.", StringComparison.Ordinal))
                .MaxBy(name => Version.TryParse(Path.GetFileName(name), out var version) ? version : new(0, 0))
            : null;
    }

    private static string Host => OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    /// <summary>The installation of .NET that runs this process: <c>ROOT/shared/NAME/VERSION/</c> holds the libraries.</summary>
    private static string RuntimeRoot => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}
