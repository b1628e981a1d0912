using Pentimento.Cues;
using Pentimento.Data;

namespace Pentimento.Tests.Cues;

/// <summary>A look at each class of a few images.</summary>
public sealed class EachClassTests
{
    private const int Classes = 3;

    [Fact]
    public void Every_class_is_compared_with_all_others()
    {
        string[] found = EachClass.Of(Set(), (images, members, others) => $"{images.shape[0]}: {members.Length} {others.Length}", default);

        Assert.Equal(["60: 20 40", "60: 20 40", "60: 20 40"], found);
    }

    [Fact]
    public void A_look_that_is_stopped_ends_before_the_next_class()
    {
        using var stop = new CancellationTokenSource();
        var seen = 0;

        Assert.Throws<OperationCanceledException>(() => EachClass.Of<string>(
            Set(),
            (images, members, others) =>
            {
                seen++;
                stop.Cancel();
                return null;
            },
            stop.Token));

        Assert.Equal(1, seen);
    }

    private static ImageSet Set() =>
        new("sixty", new byte[60 * 4], [.. Enumerable.Range(0, 60).Select(at => (long)(at % Classes))], [], new(2, 2, 1));
}
