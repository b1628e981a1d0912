using Pentimento.Experiments.Executors;

namespace Pentimento.Tests.Experiments.Executors;

/// <summary>The program that workers run.</summary>
public sealed class SoftwareTests
{
    [Fact]
    public void It_is_copied_into_the_store_once_for_each_content()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch.At("program/deep"));
        Directory.CreateDirectory(scratch.At("program/runtimes/win-x86/native"));
        scratch.Write("program/Pentimento.Cli.dll", "one");
        scratch.Write("program/Pentimento.Cli.pdb", "for debuggers");
        scratch.Write("program/deep/help.xml", "help");
        scratch.Write("program/runtimes/win-x86/native/other.dll", "of another system");
        string Publish() => Software.Publish(scratch.At("store"), scratch.At("program"), RunContext.OnCpu());

        var (first, again) = (Publish(), Publish());
        scratch.Write("program/deep/help.xml", "more help");
        var other = Publish();

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Equal(new[] { first, other }.Order(), Directory.GetDirectories(scratch.At("store")).Order());
        Assert.Equal(
            ["Pentimento.Cli.dll", "deep/help.xml"],
            Directory.GetFiles(first, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(first, file))
                .Order(StringComparer.Ordinal));
        Assert.Equal(Path.Combine(first, "Pentimento.Cli.dll"), Software.Command(first)[^1]);
    }

    [Fact]
    public void A_folder_without_it_is_refused()
    {
        using var scratch = new Scratch();

        Assert.Contains(scratch.Folder, Assert.Throws<BadInputException>(() => Software.Command(scratch.Folder)).Message, StringComparison.Ordinal);
    }
}
