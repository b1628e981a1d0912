using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;

namespace Pentimento.Checks;

/// <summary>The median time of a prediction for one image, in milliseconds, on this machine.</summary>
/// <remarks>The interval is of the median, from the order of the runs, without an assumption about their distribution (Thompson, 1936).</remarks>
/// <param name="Runs">How many times the image is predicted, after as many to warm up as a tenth of them.</param>
internal sealed record Latency([property: System.ComponentModel.DataAnnotations.Range(20, 100_000)] int Runs = 100) : Quantity
{
    /// <inheritdoc/>
    public override Measurement Measure(CheckSubject subject)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var image = Data.Pixels.Slice(subject.Images, 0, 1).to(subject.Run.Device.ToTorch());
        var times = new double[Runs];
        for (var at = -Runs / 10; at < Runs; at++)
        {
            subject.Run.Cancel.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var start = Stopwatch.GetTimestamp();
            subject.Network.call(image).cpu();
            if (at >= 0) times[at] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        // Each run is below the median with probability one half: the ends are order statistics of a binomial.
        var reach = (int)Math.Ceiling(0.98 * Math.Sqrt(Runs));
        return new(times[Runs / 2], times[Math.Max(0, (Runs / 2) - reach)], times[Math.Min(Runs - 1, (Runs / 2) + reach)], null);
    }

    /// <inheritdoc/>
    public override string Format(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.00} ms");

    /// <inheritdoc/>
    public override double ReadLimit(string text) => Number(text.EndsWith("ms", StringComparison.Ordinal) ? text[..^2].Trim() : text, text);
}
