namespace Pentimento.Tests.Architecture;

/// <summary>Who may use whom: this table is the architecture. CONTRIBUTING.md explains it.</summary>
internal static class House
{
    /// <summary>
    /// The floors from the ground up. A room uses the floors below its own; rooms on one floor do not know each other. Inside a room its parts
    /// stand from the bottom up, too: <c>A.B &lt; A</c> says that <c>A</c> uses <c>A.B</c>.
    /// </summary>
    public static readonly string[][] Floors =
    [
        ["Foundation < Foundation.Configuration"],
        ["Data.Zip < Data < Data.Properties"],
        ["Painting < Painting.Objects < Painting.Presets",
            "Networks.Torch < Networks < Networks.Architectures < Networks.Onnx < Networks.Onnx.Operators"],
        [
            "Training < Training.Augmentations < Training.Objectives < Training.Procedures",
            "Evaluation",
            "Cues",
            "Probing",
            "Attribution < Attribution.SanityChecks",
            "Attacks",
            "Sparse < Sparse.Variants < Sparse.Training",
        ],
        ["Discovery", "Editing"],
        ["Operations"],
        ["Checks"],
        ["Experiments.Store < Experiments.Executors < Experiments"],
        ["Pentimento"],
        [
            "Reports.Documents < Reports.Runs < Reports.Cards < Reports.Style < Reports.Findings < Reports.Pictures < Reports.Figures"
                + " < Reports.Atlases < Reports.Components < Reports.Chapters < Reports.Checks < Reports.Pages < Reports < Reports.Drawings",
        ],
        ["Studies.Parts < Studies.Components < Studies.Pages < Studies.Chapters < Studies < Studies.Operations"],
        ["Lab.Queries < Lab.Jobs < Lab.Runs < Lab.Screens < Lab.Server < Lab"],
        ["Cli.Packed < Cli.Speed < Cli.Operations < Cli.Terminal < Cli.Views < Cli"],
    ];

    /// <summary>Who uses a neighbour, and why. One that is no longer needed is taken out.</summary>
    public static readonly Neighbour[] Exceptions =
    [
        new("Training", "Evaluation", "the accuracy after each epoch, and the errors that reveal environments"),
        new("Training", "Cues", "an augmentation swaps a cue between images, so that it says nothing of the class"),
        new("Training", "Attacks", "adversarial training attacks the network that it trains"),
        new("Probing", "Evaluation", "what a channel is for shows in the accuracy without it, a share with an interval"),
        new("Attribution", "Evaluation", "a share of images has an interval, and a map's promise is held against the logits"),
        new("Attacks", "Evaluation", "an attack's success is a share with an interval"),
        new("Sparse", "Training", "autoencoders follow the gradient as networks do"),
    ];

    /// <summary>
    /// What runs against the table today and is being mended: this list only shrinks, and is empty in the end. Anything new is an error.
    /// </summary>
    public static readonly (string From, string To)[] Known =
    [
    ];

    private static readonly Dictionary<string, (int Floor, string Room, int Height)> Places = Floors
        .SelectMany((rooms, floor) => rooms.SelectMany(room => Parts(room).Select((part, height) => (Part: part, Floor: floor, Height: height))))
        .ToDictionary(place => place.Part, place => (place.Floor, RoomOf(place.Part), place.Height));

    /// <summary>Whether the table has the room.</summary>
    public static bool Has(string room) => Places.ContainsKey(room);

    /// <summary>The whole room that a part belongs to.</summary>
    public static string RoomOf(string part) => part.Split('.')[0];

    /// <summary>Whether the table, its exceptions aside, lets one part use another.</summary>
    public static bool LiesBelow(string part, string user)
    {
        var (there, here) = (Places[part], Places[user]);
        return there.Room == here.Room ? there.Height < here.Height : there.Floor < here.Floor;
    }

    private static string[] Parts(string room) => room.Split(" < ");

    /// <summary>A neighbour that is used.</summary>
    public sealed record Neighbour(string From, string To, string Why);
}
