using System.Text.Json;
using System.Text.Json.Nodes;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Checks;

/// <summary>What a network is compared with: the JSON of an earlier check, or another network.</summary>
internal static class Baseline
{
    private const double Level = 0.05;

    /// <summary>Compares, on the same images, all of them, each class, and each class with each value of each attribute.</summary>
    /// <param name="file">The JSON of an earlier check, or a network.</param>
    /// <param name="subject">The network under check.</param>
    /// <exception cref="BadInputException">The file is neither, or is about other images.</exception>
    public static IReadOnlyList<GroupChange> Compare(string file, CheckSubject subject)
    {
        var before = CorrectOf(file, subject);
        var after = subject.Predictions.Correct;
        var groups = GroupsOf(subject.Images).ToList();
        var tests = groups.Select(group => McNemarTest.Of(At(before, group), At(after, group))).ToList();
        var adjusted = HolmCorrection.Adjust([.. tests.Select(test => test.PValue)]);
        return [.. groups.Select((group, at) => new GroupChange(
            group.Name,
            group.Places.Count,
            Share.Of(At(before, group)).Value,
            Share.Of(At(after, group)).Value,
            tests[at].Lost,
            tests[at].Gained,
            tests[at].PValue,
            adjusted[at],
            adjusted[at] <= Level ? RequirementStatus.Failed : RequirementStatus.Passed))];
    }

    private static bool[] CorrectOf(string file, CheckSubject subject)
    {
        if (!Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase)) return CorrectOfNetwork(file, subject);
        Require.That(File.Exists(file), $"There is no file {file}.");
        var held = Held(file);
        Require.That(
            held.Images == RememberedLogits.HashOf(subject.Images),
            $"{file} is a check on other images than {subject.Images.Name} with {subject.Images.Count:N0}; only the same can be compared.");
        return BitList.Unpack(held.Correct, subject.Images.Count, file);
    }

    private static CheckedPredictions Held(string file)
    {
        try
        {
            var node = JsonText.Parse(File.ReadAllBytes(file)) is JsonObject root ? root["predictions"] : null;
            var held = node.Deserialize<CheckedPredictions>(Json.Reading);
            Require.That(held is { Images: not null, Correct: not null }, $"{file} is not the --json output of a check.");
            return held;
        }
        catch (JsonException failure)
        {
            throw new BadInputException($"{file} is not the --json output of a check: {failure.Message}", failure);
        }
    }

    private static bool[] CorrectOfNetwork(string file, CheckSubject subject)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var check = subject.Check;
        using var network = NetworkOperation<CheckResult>.Load(new(file), check.Network, check.Preprocess, check.Classes, subject.Run);
        ClassAgreement.Check(network, subject.Images);
        return Predictions.Of(network, subject.Images, subject.Run).Correct;
    }

    private static IEnumerable<CheckGroup> GroupsOf(ImageSet set) =>
        [CheckGroups.All(set), .. CheckGroups.By(set), .. set.AttributeNames.SelectMany(attribute => CheckGroups.By(set, attribute))];

    private static bool[] At(bool[] values, CheckGroup group) => [.. group.Places.Select(place => values[place])];
}
