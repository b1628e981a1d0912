using System.Text.Json.Nodes;
using Pentimento.Attacks;
using Pentimento.Lab.Queries;
using Pentimento.Operations;

namespace Pentimento.Tests.Lab;

/// <summary>The commands and the C# that the lab's screens offer.</summary>
public sealed class OperationCodeTests(OpenedLab lab) : IClassFixture<OpenedLab>
{
    public static TheoryData<string, string> Asked => new()
    {
        { "explain", """{"model":["a.onnx","b.onnx"],"data":"gr_95z","method":"grad-cam","layer":"relu2","out":"m.png"}""" },
        { "audit", """{"model":"a \"b\".safetensors","data":"gr_95z","cue":"color"}""" },
        { "attack", """{"model":"a.onnx","data":"photos","with":"pgd:steps=4","target":"any"}""" },
        { "evaluate", """{"model":"lazy.safetensors","data":["photos[place=water]"],"limit":"6","properties":"true"}""" },
        { "train", """{"data":"rg_95z","objective":"gce:q=0.7","epochs":"3","limit":"600"}""" },
        { "visualize", """{"model":"lazy.safetensors","layer":"relu1","network":"cnn3"}""" },
    };

    [Theory, MemberData(nameof(Asked))]
    public void The_code_compiles(string operation, string settings)
    {
        var code = OperationCode.Of(operation, JsonNode.Parse(settings)!.AsObject()).Code;

        // What compiles stands below, a long line broken at its braces.
        var compiled = File.ReadAllText(Path.Combine(Repository.Root, "tests/Pentimento.Tests/Lab/OperationCodeTests.cs"));
        Assert.Contains(Compact(code), Compact(compiled));
    }

    [Theory]
    [InlineData("run", """{"recipe":"my recipe.yaml","cue":"both"}""", "pentimento run 'my recipe.yaml' --cue both")]
    [InlineData("operate", """{"model":"a.onnx","neurons":"1,2"}""", "pentimento operate a.onnx --neurons 1,2")]
    public void What_has_no_public_record_is_a_command_alone(string operation, string settings, string command)
    {
        var asked = OperationCode.Of(operation, JsonNode.Parse(settings)!.AsObject());

        Assert.Equal((command, $"// '{operation}' with these settings is a command alone."), (asked.Command, asked.Code));
    }

    [Fact]
    public async Task The_command_of_every_screen_runs()
    {
        using var scratch = new Scratch();
        List<string> commands =
        [
            Command(await lab.AnswerAsync("ask/look", """{"image":1,"method":"gradient-x-input"}""")),
            Command(await lab.AnswerAsync("ask/cue", """{"image":1}""")),
            (string)(await lab.AnswerAsync("ask/attack/code", """{"image":1,"radius":0.1}"""))["command"]!,
            Command(await lab.AnswerAsync("ask/inside", """{"image":1,"layer":"relu1","ablated":[3,1],"steered":[{"channel":2,"added":0.5}]}""")),
            (await lab.Visitor.GetStringAsync("data")).Split("id=\"command\">")[1].Split('<')[0],
        ];

        foreach (var command in commands)
        {
            Assert.StartsWith("pentimento ", command, StringComparison.Ordinal);
            var words = command.Split(' ')[1..].Select(word => word.EndsWith(".png", StringComparison.Ordinal)
                || word.EndsWith(".csv", StringComparison.Ordinal) || word.StartsWith("edited.", StringComparison.Ordinal) ? scratch.At(word) : word);
            Pentimento.Tests.Cli.Command.Succeed([.. words, .. words.Contains("operate") ? [] : (string[])["--limit", "3"], "--json"]);
        }

        Assert.Equal(
            ["audit.png", "edited.safetensors", "fooled.png", "maps.png", "predictions.csv"],
            Directory.EnumerateFiles(scratch.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static string Compact(string code) => string.Concat(code.Where(letter => !char.IsWhiteSpace(letter))).Replace(",}", "}");

    private static string Command(JsonNode answer) => (string)answer["elsewhere"]!["command"]!;

    // Never run: that it compiles is what is tested above.
    private static void Compiled(Session pentimento)
    {
        pentimento.Run(new Explain { Models = ["a.onnx", "b.onnx"], Data = "gr_95z", Methods = ["grad-cam"], Layer = "relu2", Out = "m.png" });
        pentimento.Run(new Audit { Model = "a \"b\".safetensors", Data = "gr_95z", Cue = "color" });
        pentimento.Run(new AttackImages { Model = "a.onnx", Data = "photos", Attack = "pgd:steps=4", Target = Criterion.Parse("any", null) });
        pentimento.Run(new Evaluate { Model = "lazy.safetensors", Data = ["photos[place=water]"], Properties = true, Limit = 6 });
        pentimento.Run(new Train { Data = ["rg_95z"], Training = new() { Objective = "gce:q=0.7", Epochs = 3 }, Limit = 600 });
        pentimento.Run(new Visualize { Model = "lazy.safetensors", Layer = "relu1", Network = "cnn3" });
    }
}
