using Pentimento.Attacks;
using Pentimento.Data;

namespace Pentimento.Tests.Attacks;

public sealed class AttackSamplesTests
{
    [Fact]
    public void Fooled_images_come_first_those_of_rare_classes_too_and_those_that_do_not_count_never()
    {
        // Eight fooled ones of class 2, one each of 1 and 0, one of 1 that held out, and one of 0 that does not count.
        long[] labels = [2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 0, 0];
        bool[] counts = [.. Enumerable.Repeat(true, 11), false];
        bool[] reached = [true, true, true, true, true, true, true, true, false, true, true, true];
        var set = new ImageSet("pixels", new byte[12], labels, [], new(1, 1, 1));
        var outcome = new AttackOutcome(counts, counts, reached, labels, labels, new float[12]);

        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 9, 10], AttackSamples.Choose(set, outcome));
    }

    [Fact]
    public void Where_there_are_many_each_class_has_its_first_and_the_lower_classes_lead()
    {
        var labels = Enumerable.Range(0, 36).Select(at => (long)(11 - (at / 3))).ToArray();
        var set = new ImageSet("pixels", new byte[36], labels, [], new(1, 1, 1));
        var every = Enumerable.Repeat(true, 36).ToArray();

        var chosen = AttackSamples.Choose(set, new(every, every, every, labels, labels, new float[36]));

        // The firsts of classes 0 to 9: class 11 lies at 0, class 0 at 33.
        Assert.Equal([6, 9, 12, 15, 18, 21, 24, 27, 30, 33], chosen);
    }

    [Fact]
    public void A_class_leads_with_an_image_that_was_fooled_however_many_before_it_held_out()
    {
        // Twenty of class 0 hold out before one is fooled, and ten of class 1 are fooled.
        long[] labels = [.. new long[21], .. Enumerable.Repeat(1L, 10)];
        bool[] reached = [.. Enumerable.Range(0, 31).Select(at => at >= 20)];
        var every = Enumerable.Repeat(true, 31).ToArray();
        var set = new ImageSet("pixels", new byte[31], labels, [], new(1, 1, 1));

        var chosen = AttackSamples.Choose(set, new(every, every, reached, labels, labels, new float[31]));

        Assert.Equal([.. Enumerable.Range(20, 10)], chosen);
    }
}
