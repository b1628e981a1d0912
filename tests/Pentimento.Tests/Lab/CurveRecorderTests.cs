using Pentimento.Lab.Jobs;

namespace Pentimento.Tests.Lab;

/// <summary>The figures that a job's reports name, as curves.</summary>
public sealed class CurveRecorderTests
{
    [Fact]
    public void Each_figure_of_each_stage_is_a_curve()
    {
        var recorder = new CurveRecorder();
        recorder.Add(new("1 of 2, mine: train", 1, 4, "epoch 1 of 2, loss 0.5"));
        recorder.Add(new("1 of 2, mine: train", 2, 4, "epoch 1 of 2, loss 0.25"));
        recorder.Add(new("evaluate", 1, 4));
        recorder.Add(new("attack", 3, 4, "fooled 12%"));

        var curve = Assert.Single(recorder.Curves);
        Assert.Equal("train, loss", curve.Name);
        Assert.Equal([[0.25, 0.5], [0.5, 0.25]], curve.Points);
        Assert.Equal("attack", recorder.Last.Stage);
    }

    [Fact]
    public void A_long_curve_keeps_its_ends_and_stays_short()
    {
        var recorder = new CurveRecorder();
        for (var step = 1; step <= 10_000; step++) recorder.Add(new("train", step, 10_000, $"loss {step}"));

        var points = recorder.Curves[0].Points;
        Assert.InRange(points.Count, 60, 240);
        Assert.Equal((1.0, 10_000.0), (points[0][1], points[^1][1]));
        Assert.Equal(points.Select(point => point[0]).Order(), points.Select(point => point[0]));
    }
}
