using System.Globalization;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Checks;

/// <summary>The size of the network's file, in bytes.</summary>
/// <remarks>A limit may have a unit of 1024, 1024² and so on: 4M, 1.5GB.</remarks>
[Called("size")]
internal sealed record FileSize : Quantity
{
    /// <inheritdoc/>
    public override Measurement Measure(CheckSubject subject) => Measurement.Exactly(subject.Model.SizeInBytes());

    /// <inheritdoc/>
    public override string Format(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:N0} bytes");

    /// <inheritdoc/>
    public override double ReadLimit(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[^1]) ? ByteCount.Parse(text) : Number(text, text);
}
