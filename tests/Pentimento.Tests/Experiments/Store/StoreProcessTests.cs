using System.Diagnostics;

namespace Pentimento.Tests.Experiments.Store;

/// <summary>Processes that share a store, and processes that are killed.</summary>
public sealed class StoreProcessTests
{
    private const int Steps = 200;
    private const int Kills = 30;

    [Fact]
    public void Two_processes_on_one_store_do_every_step_once_and_lose_none()
    {
        using var scratch = new Scratch();

        using (var one = Start(scratch.Folder))
        using (var other = Start(scratch.Folder))
        {
            Assert.Equal((0, 0), (End(one), End(other)));
        }

        var worked = Directory.GetFiles(scratch.At("worked")).Select(file => Path.GetFileName(file).Split('.')[0]).ToList();
        Assert.Equal(Steps, worked.Count);
        Assert.Equal(Steps, worked.Distinct().Count());
        Assert.Equal(Steps, Directory.GetFiles(scratch.At("steps"), "step.json", SearchOption.AllDirectories).Length);
        Assert.Empty(Directory.GetFiles(scratch.At("claims")));
    }

    [Fact]
    public void A_process_that_is_killed_again_and_again_ends_with_the_same_bytes()
    {
        using var calm = new Scratch();
        using var scratch = new Scratch();
        using (var undisturbed = Start(calm.Folder)) Assert.Equal(0, End(undisturbed));

        for (var kill = 1; kill <= Kills; kill++)
        {
            using var process = Start(scratch.Folder);
            // Further each time, so that every kill hits other steps.
            SpinWait.SpinUntil(() => process.HasExited || Finished(scratch) >= kill * Steps / (Kills + 2), TimeSpan.FromMinutes(1));
            process.Kill();
            process.WaitForExit();
        }

        using (var last = Start(scratch.Folder)) Assert.Equal(0, End(last));
        Assert.Equal(Bytes(calm), Bytes(scratch));
    }

    private static int Finished(Scratch scratch) => Directory.Exists(scratch.At("steps")) ? Directory.GetDirectories(scratch.At("steps")).Length : 0;

    /// <summary>Every file of every step but the records, which say how long it took, with its content.</summary>
    private static List<(string File, string Content)> Bytes(Scratch scratch) =>
    [
        .. Directory.GetFiles(scratch.At("steps"), "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "step.json")
            .Select(file => (Path.GetRelativePath(scratch.Folder, file), Convert.ToHexString(File.ReadAllBytes(file)))).Order(),
    ];

    private static Process Start(string folder)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Pentimento.StoreWorker"))
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in (string[])[folder, $"{Steps}"]) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static int End(Process process)
    {
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
        return process.ExitCode;
    }
}
