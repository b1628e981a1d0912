namespace Pentimento.Data.Properties;

/// <summary>The quality of a JPEG, 1 to 100, as its quantisation table tells it.</summary>
/// <remarks>
/// Independent JPEG Group's scaling of the standard's luminance table (ITU-T T.81, annex K): quality below 50 is 5000 over the table's scale in
/// percent, else 100 less half of it. Files that are no JPEG have none.
/// </remarks>
internal sealed record JpegQuality : PropertyAttribute
{
    /// <inheritdoc/>
    internal override bool NeedsFile => true;

    /// <inheritdoc/>
    internal override PropertyValue Of(MeasuredImage image) => JpegTables.QualityOf(image.File!) ?? double.NaN;
}
