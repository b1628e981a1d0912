using Pentimento.Cli.Terminal;
using Pentimento.Data;
using Pentimento.Reports.Figures;

namespace Pentimento.Cli.Verbs;

/// <summary><c>show DATA</c>: a contact sheet.</summary>
internal static class ShowVerb
{
    private sealed record Result(string File);

    public static Verb Create(Host host)
    {
        var data = new Argument<string>("DATA") { Description = "A dataset (name, folder or npz), with :train or :test." };
        var by = new Option<string>("--by")
        {
            Description = "What decides the column: labels, colors or another attribute.",
            DefaultValueFactory = _ => "labels",
            HelpName = "NAME",
        };
        var rows = new Option<int>("--rows")
        {
            Description = "How many images of each.",
            DefaultValueFactory = _ => 6,
            HelpName = "N",
        }.AtLeast(1);
        var limit = Common.Limit();
        var file = new Option<string>("--out")
        {
            Description = "Where the sheet is written.",
            DefaultValueFactory = _ => "sheet.png",
            HelpName = "F.png",
        };
        var verb = new Verb(
            "show",
            "Draws a contact sheet of a dataset.",
            """
            A column for each class, or for each colour with --by colors. A terminal that can show colours gets a preview too.

            Examples:
              pentimento show rg_95z
              pentimento show gr_95h:train --by colors --rows 10 --out sheet.png
            """) { data, by, rows, limit, file };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            return session.Answer(torch: false, run =>
            {
                var set = session.Library.Find(parsed.GetValue(data)!, Split.Test, parsed.GetValue(limit), run);
                var sheet = new ContactSheet(set, parsed.GetValue(rows), parsed.GetValue(by)!);
                var place = Path.GetFullPath(parsed.GetValue(file)!);
                var png = sheet.Draw();
                SafeFile.Write(place, stream => stream.Write(png));
                Preview.Show(host.Error, set, sheet.Columns);
                return new Result(place);
            }, (result, output) => output.WriteLine(result.File));
        });
        return verb;
    }
}
