namespace Pentimento.Checks;

/// <summary>The mean share of the other colours in which an image gets another prediction, as audit measures it.</summary>
/// <remarks>Each image is counted once, so the interval is of the images, not of their colours.</remarks>
internal sealed record FlipRate : Quantity
{
    /// <inheritdoc/>
    public override Measurement Measure(CheckSubject subject)
    {
        var recoloring = subject.Recoloring;
        var share = Measurement.Of(new((long)Math.Round(recoloring.FlipRate * recoloring.Count), recoloring.Count));
        return share with
        {
            Value = recoloring.FlipRate,
            Low = Math.Min(share.Low, recoloring.FlipRate),
            High = Math.Max(share.High, recoloring.FlipRate),
        };
    }
}
