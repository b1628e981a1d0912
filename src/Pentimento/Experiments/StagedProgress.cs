namespace Pentimento.Experiments;

/// <summary>Says with every report which stage of a longer work it belongs to.</summary>
/// <param name="listener">Hears it.</param>
public sealed class StagedProgress(IProgress<Progress> listener) : IProgress<Progress>
{
    private string stage = "";

    /// <summary>Goes to the next stage.</summary>
    /// <param name="next">What it is called.</param>
    public void Turn(string next) => stage = next;

    /// <inheritdoc/>
    public void Report(Progress value) => listener.Report(value with { Stage = $"{stage}: {value.Stage}" });
}
