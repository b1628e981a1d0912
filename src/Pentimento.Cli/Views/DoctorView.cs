using Pentimento.Cli.Operations;

namespace Pentimento.Cli.Views;

/// <summary>One line a check.</summary>
internal sealed class DoctorView : View<DoctorResult>
{
    /// <inheritdoc/>
    protected override void Print(DoctorResult result, TextWriter output)
    {
        foreach (var check in result.Checks) output.WriteLine($"{(check.Ok ? "ok  " : "FAIL")}  {check.Name}: {check.Detail}");
    }
}
