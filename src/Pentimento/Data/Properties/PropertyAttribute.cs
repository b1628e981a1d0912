using Pentimento.Foundation.Configuration;

namespace Pentimento.Data.Properties;

/// <summary>
/// What is measured from an image or its file, so that images can be grouped by it as by a column: brightness, size, camera. As an attribute it is
/// called by its name with an at sign, <c>@brightness</c>.
/// </summary>
[Family("properties")]
internal abstract record PropertyAttribute
{
    /// <summary>Reads a SPEC: a name of the catalogue.</summary>
    /// <exception cref="BadInputException">The name is unknown.</exception>
    public static implicit operator PropertyAttribute(string spec) => Catalog.Read<PropertyAttribute>(spec);

    /// <summary>Whether it is read from the file, so that images that were not read from pictures have none.</summary>
    internal virtual bool NeedsFile => false;

    /// <summary>The number at which its numbers begin anew, as degrees do at 360; null where they do not.</summary>
    internal virtual double? Period => null;

    /// <summary>The value of an image.</summary>
    /// <param name="image">Its pixels and, where it has one, its file.</param>
    /// <returns>A number; or text where the property is a name, and empty text where it is unknown.</returns>
    internal abstract PropertyValue Of(MeasuredImage image);
}

/// <summary>An image whose properties are measured.</summary>
/// <param name="Pixels">uint8 (H, W, C), as networks see it.</param>
/// <param name="Shape">Height, width and channels.</param>
/// <param name="File">The full name of its picture; null where it has none.</param>
internal sealed record MeasuredImage(ReadOnlyMemory<byte> Pixels, ImageShape Shape, string? File)
{
    /// <summary>How many pixels there are.</summary>
    public int Count => Shape.Height * Shape.Width;

    /// <summary>A pixel's red, green and blue, 0..255; a grey one has the same three.</summary>
    public (byte Red, byte Green, byte Blue) At(int place)
    {
        var values = Pixels.Span[(place * Shape.Channels)..];
        return Shape.Channels == 1 ? (values[0], values[0], values[0]) : (values[0], values[1], values[2]);
    }

    /// <summary>A pixel's luminance, 0..1.</summary>
    /// <remarks>ITU-R BT.601, as Pillow's grey.</remarks>
    public double Luminance(int place)
    {
        var (red, green, blue) = At(place);
        return ((0.299 * red) + (0.587 * green) + (0.114 * blue)) / 255;
    }
}

/// <summary>A measured value: a number, or a name.</summary>
/// <param name="Number">The number; NaN for a name, and where nothing is known.</param>
/// <param name="Name">The name; empty for a number, and where nothing is known.</param>
internal readonly record struct PropertyValue(double Number, string Name)
{
    /// <summary>A number.</summary>
    public static implicit operator PropertyValue(double number) => new(number, "");

    /// <summary>A name.</summary>
    public static implicit operator PropertyValue(string name) => new(double.NaN, name);
}
