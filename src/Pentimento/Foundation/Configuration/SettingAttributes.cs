namespace Pentimento.Foundation.Configuration;

/// <summary>Marks the setting that the command line takes by its place, without a name.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ArgumentAttribute : Attribute;

/// <summary>Marks a setting that names a file to read; the file's content is part of what decides a result.</summary>
/// <param name="form">How help writes such a file: <c>F.npz</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class InputAttribute(string form) : Attribute
{
    /// <summary>How help writes such a file.</summary>
    public string Form { get; } = form;

    /// <summary>Whether the setting may also be how the names of several files begin.</summary>
    public bool IsPrefix { get; init; }
}

/// <summary>Marks a setting that names a file or folder to write; it decides where results go, not what they are.</summary>
/// <param name="form">How help writes it: <c>F.png</c>, or <c>FOLDER</c>. An ending is required of what users write.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OutputAttribute(string form) : Attribute
{
    /// <summary>How help writes it.</summary>
    public string Form { get; } = form;

    /// <summary>Other endings that are accepted, each with its dot.</summary>
    public string[] Endings { get; init; } = [];
}

/// <summary>Says how help writes a value, where its type does not say enough: <c>MINUTES</c>.</summary>
/// <param name="form">The word.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FormAttribute(string form) : Attribute
{
    /// <summary>The word.</summary>
    public string Form { get; } = form;
}

/// <summary>Marks a setting that changes only how fast or where a result comes about, so that it is no part of the result's key.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IncidentalAttribute : Attribute;

/// <summary>Marks a setting that is a record whose own settings stand among those of the outer record, as if they were declared there.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class InlineAttribute : Attribute;

/// <summary>Marks a setting of which the command line takes several: the family's member <c>chain</c> applies them in turn.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ChainedAttribute : Attribute;
