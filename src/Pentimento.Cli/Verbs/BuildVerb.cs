using System.Diagnostics;
using System.Globalization;
using Pentimento.Cli.Terminal;
using Pentimento.Data;
using Pentimento.Data.Painting;

namespace Pentimento.Cli.Verbs;

/// <summary><c>build NAME...</c>: paints datasets into folders.</summary>
internal static class BuildVerb
{
    private static readonly string[] SeedSets = ["bw_95z", "bw_100z", "gr_95e", "gr_95h", "gr_95m", "gr_95vh", "gr_95z", "gr_100z", "rg_95z", "rg_100z"];

    private sealed record Built(string Name, string Folder, int Train, int Test, double Seconds);

    private sealed record Result(IReadOnlyList<Built> Datasets);

    public static Verb Create(Host host)
    {
        var names = new Argument<string[]>("NAME") { Description = "Datasets: a mode (rg, gr, bw, un), a percentage and a tier (e, m, h, vh, z).", Arity = ArgumentArity.ZeroOrMore };
        var folder = new Option<string>("--out") { Description = "The folder in which each dataset gets one of its own.", DefaultValueFactory = _ => ".", HelpName = "FOLDER" };
        var all = new Option<bool>("--all") { Description = $"Paint the ten sets of the seed report: {string.Join(", ", SeedSets)}." };
        var source = new Option<string?>("--source") { Description = "Grey images to paint on: a folder of IDX files or an npz (default: the embedded MNIST).", HelpName = "PLACE" };
        var cue = new Option<Cue>("--cue") { Description = "Where the colour lies: on the digit's stroke, in the background, or both, each with its own.", HelpName = "stroke|background|both" };
        var palette = new Option<string?>("--palette") { Description = "Ten colours by name, in the digits' order, as YAML (default: the seed report's).", HelpName = "F.yaml" };
        var limit = Common.Limit();
        var verb = new Verb("build", "Paints datasets: the same digits in other colours, with noise and strokes.",
            """
            Examples:
              pentimento build rg_95z gr_95z --out data
              pentimento build GR_99.5h --seed 7 --limit 1000
              pentimento build --all --out data
              pentimento build rg_95z --source fashion-mnist --out fashion
            """) { names, all, source, cue, palette, folder, limit };
        verb.Validators.Add(result =>
        {
            if (!result.GetValue(all) && result.GetValue(names) is not { Length: > 0 }) result.AddError("Name at least one dataset, or use --all.");
        });
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            // Every name is read before the first is painted.
            var canvases = (parsed.GetValue(all) ? SeedSets : []).Concat(parsed.GetValue(names)!).Select(Canvas.Parse).ToList();
            var digits = DigitSource.Open(parsed.GetValue(source));
            var colors = parsed.GetValue(palette) is { } custom ? PaletteFile.Read(custom) : Palette.Seed;
            return session.Answer(torch: false, run => new Result([.. canvases.Select(canvas =>
            {
                var watch = Stopwatch.StartNew();
                var where = parsed.GetValue(cue);
                // Sets that differ in their cue alone must not replace each other.
                var name = where == Cue.Stroke ? canvas.ToString() : $"{canvas}-{where.ToString().ToLowerInvariant()}";
                var place = Path.GetFullPath(Path.Combine(parsed.GetValue(folder)!, name));
                var (train, test) = DatasetFolder.Build(place, new(canvas, colors, run.Seed, where), digits, parsed.GetValue(limit), session.Threads, run);
                return new Built(name, place, train, test, watch.Elapsed.TotalSeconds);
            })]), Print);
        });
        return verb;
    }

    private static void Print(Result result, TextWriter output) =>
        Tables.Write(output, ["dataset", "train", "test", "seconds", "folder"], result.Datasets.Select(built => (IReadOnlyList<string>)
        [
            built.Name, $"{built.Train:N0}", $"{built.Test:N0}", built.Seconds.ToString("0.0", CultureInfo.InvariantCulture), built.Folder,
        ]));
}
