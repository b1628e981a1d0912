using BenchmarkDotNet.Attributes;
using Pentimento.Data;
using Pentimento.Foundation;
using Pentimento.Painting;

namespace Pentimento.Benchmarks;

/// <summary>How fast canvases are painted: 10,000 images on all cores.</summary>
[ShortRunJob]
public class PaintingBenchmarks
{
    private readonly Digits digits = Digits.Mnist(Split.Test);

    [Params("rg_95z", "rg_95e", "rg_95vh")]
    public string Name { get; set; } = "";

    [Benchmark]
    public ImageSet Paint() =>
        new Painter(Canvas.Parse(Name), Palette.Seed, new(0)).Paint(digits, Split.Test, 0, Environment.ProcessorCount, RunContext.OnCpu());
}
