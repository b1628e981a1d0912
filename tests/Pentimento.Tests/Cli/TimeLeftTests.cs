using Pentimento.Cli.Terminal;

namespace Pentimento.Tests.Cli;

/// <summary>The time left is that of all stages together, and fits the line that there is.</summary>
public sealed class TimeLeftTests
{
    private readonly Clock clock = new();

    [Fact]
    public void It_is_that_of_the_whole_where_that_is_known_whatever_the_stage_is_at()
    {
        var time = new TimeLeft(clock);
        clock.Seconds = 30;

        // A quarter took 30 s, so three quarters take 90, though the stage is nearly done.
        Assert.Equal(TimeSpan.FromSeconds(90), time.Of(new("train", 99, 100) { Whole = 0.25 }));
        Assert.Null(time.Of(new("train", 1, 100) { Whole = 0.01 }));
    }

    [Fact]
    public void Elsewhere_it_is_the_stages_own()
    {
        var time = new TimeLeft(clock);
        time.Of(new("one", 1, 2));
        clock.Seconds = 100;
        time.Of(new("two", 0, 10));
        clock.Seconds = 110;

        Assert.Equal(TimeSpan.FromSeconds(10), time.Of(new("two", 5, 10)));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(45)]
    [InlineData(60)]
    [InlineData(120)]
    public void The_words_leave_room_for_the_bar_and_the_share_and_keep_the_time(int width)
    {
        var words = ProgressDisplay.Line(new("3 of 11, repaired: train", 1, 2, "loss 0.1234, accuracy 98.7%"), TimeSpan.FromSeconds(75), width);

        Assert.InRange(words.Length, 8, width - 7);
        Assert.EndsWith("1 min 15 s left", words);
        Assert.Equal(width == 120, words.Contains("accuracy", StringComparison.Ordinal));
    }

    private sealed class Clock : TimeProvider
    {
        public int Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
