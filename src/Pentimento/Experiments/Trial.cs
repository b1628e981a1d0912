using Pentimento.Foundation.Configuration;
using Pentimento.Training;

namespace Pentimento.Experiments;

/// <summary>One training of many: its data, its options, its seed.</summary>
internal sealed record Trial
{
    /// <summary>The training sets; several, with commas between, are environments.</summary>
    public string Train { get; init; } = "rg_95z";

    /// <summary>The options of the training.</summary>
    [Inline]
    public TrainingOptions Training { get; init; } = new();

    /// <summary>Decides weights, order and dropout.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Every setting by its name, as users write it.</summary>
    public IReadOnlyDictionary<string, string> Settings() =>
        Binder.Describe(this)!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? "");
}
