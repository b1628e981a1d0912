using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Evaluation;

public sealed class ClassAgreementTests
{
    [Fact]
    public void Numbers_are_compared_by_the_names_of_their_classes()
    {
        using var nameless = Network();
        using var named = Network().Named(["cat", "dog"], "names");

        ClassAgreement.Check(nameless, Set(0, 1));
        ClassAgreement.Check(named, Set(0, 1));
        ClassAgreement.Check(named, Named("cat", "dog"));
        ClassAgreement.Check(nameless, Named("cat", "dog"));
        Refused("has label 2, but the network knows only 2 classes", () => ClassAgreement.Check(nameless, Set(0, 2)));
        Refused("numbers its classes dog, cat, and the network cat, dog", () => ClassAgreement.Check(named, Named("dog", "cat")));
        Refused("has 3, ant, cat, dog, so they are not the same", () => ClassAgreement.Check(nameless, Named("ant", "cat", "dog")));
        Refused("reads images of 1x1x1, noise has 8x8x1", () => ClassAgreement.Check(nameless, TinyProblem.Noise(3)));
    }

    [Fact]
    public void A_set_is_numbered_as_the_network_where_both_have_names()
    {
        using var named = Network().Named(["cat", "dog"], "names");

        Assert.Equal([1L, 0L], ClassAgreement.Fitted(named, Named("dog", "cat")).Labels);
        Assert.Equal([0L, 1L], ClassAgreement.Fitted(named, Set(0, 1)).Labels);
    }

    [Fact]
    public void Two_sets_with_other_names_are_not_judged_by_a_network_without()
    {
        using var nameless = Network();
        using var named = Network().Named(["cat", "dog"], "names");

        ClassAgreement.CheckTogether(nameless, Named("cat", "dog"), Named("cat", "dog"));
        ClassAgreement.CheckTogether(named, Named("cat", "dog"), Named("dog", "cat"));
        Refused(
            "pictures and pictures number their classes otherwise (cat, dog; cat, eel)",
            () => ClassAgreement.CheckTogether(nameless, Named("cat", "dog"), Named("cat", "eel")));
    }

    private static void Refused(string sentence, Action check) => Assert.Contains(sentence, Assert.Throws<BadInputException>(check).Message);

    private static Classifier Network() => TinyProblem.Victim(1, 2, x => cat([x.flatten(1), -x.flatten(1)], 1));

    private static ImageSet Set(params long[] labels) => new("pictures", new byte[labels.Length], labels, [], new(1, 1, 1));

    private static ImageSet Named(params string[] names) => Set(0, 1).Renumbered([0, 1], names);
}
