using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pentimento.Foundation.Configuration;
using nietras.SeparatedValues;

namespace Pentimento.Data;

/// <summary>The rows of a table as text, whatever its form.</summary>
/// <param name="File">Where it was read, for messages.</param>
/// <param name="Header">The names of the columns.</param>
/// <param name="Rows">A cell a column.</param>
internal sealed record TableRows(string File, IReadOnlyList<string> Header, IReadOnlyList<string[]> Rows)
{
    private const int MostRows = 20_000_000;
    private const int MostColumns = 1000;

    /// <summary>Whether the ending of a name is that of a table that is read: .csv, .tsv, .jsonl, .txt.</summary>
    public static bool Knows(string file) => Path.GetExtension(file).ToLowerInvariant() is ".csv" or ".tsv" or ".jsonl" or ".txt";

    /// <summary>Reads a table by its ending: values separated by commas (.csv) or tabs (.tsv) below a header, an object a line (.jsonl), or a list of
    /// files (.txt), each with its class behind a space where it has one.</summary>
    /// <exception cref="BadInputException">It is malformed, or too large.</exception>
    public static TableRows Read(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".jsonl" => JsonLines(file),
        ".txt" => Listed(file),
        ".tsv" => Separated(file, '\t'),
        _ => Separated(file, ','),
    };

    /// <summary>The place of the first of some names; -1 where none is a column.</summary>
    public int Find(params IEnumerable<string> names) => names
        .Select(name => Header.ToList().FindIndex(column => column.Equals(name, StringComparison.OrdinalIgnoreCase)))
        .FirstOrDefault(place => place >= 0, -1);

    /// <summary>The same table with another column.</summary>
    public TableRows With(string name, Func<string[], string> cell) =>
        this with { Header = [.. Header, name], Rows = [.. Rows.Select(row => (string[])[.. row, cell(row)])] };

    /// <summary>Several tables as one, with the columns of all; a cell that one does not have is empty.</summary>
    public static TableRows Joined(IReadOnlyList<TableRows> tables)
    {
        string[] header = [.. tables.SelectMany(table => table.Header).Distinct()];
        return new(tables[0].File, header, [.. tables.SelectMany(table =>
        {
            int[] from = [.. header.Select(name => table.Header.ToList().IndexOf(name))];
            return table.Rows.Select(row => Array.ConvertAll(from, place => place < 0 ? "" : row[place]));
        })]);
    }

    private static TableRows Separated(string file, char separator)
    {
        try
        {
            using var reader = Sep.New(separator).Reader(options => options with { Unescape = true }).FromFile(file);
            var header = reader.Header.ColNames.ToList();
            Require.That(header.Count <= MostColumns, $"{file} has {header.Count:N0} columns; at most {MostColumns:N0} are read.");
            var rows = new List<string[]>();
            foreach (var row in reader)
            {
                Require.That(rows.Count < MostRows, $"{file} has more than {MostRows:N0} rows.");
                var cells = new string[header.Count];
                for (var column = 0; column < cells.Length; column++) cells[column] = Csv.Plain(row[column].ToString());
                rows.Add(cells);
            }

            return new(file, header, rows);
        }
        catch (Exception failure) when (failure is InvalidDataException or ArgumentException or NotSupportedException)
        {
            throw new BadInputException(
                $"{file} is not a {(separator == ',' ? "comma" : "tab")}-separated table: {Shortened(failure.Message)}", failure);
        }
    }

    private static TableRows JsonLines(string file)
    {
        var (places, rows) = (new Dictionary<string, int>(), new List<Dictionary<string, string>>());
        foreach (var (number, line) in System.IO.File.ReadLines(file).Index().Where(line => !string.IsNullOrWhiteSpace(line.Item)))
        {
            Require.That(rows.Count < MostRows, $"{file} has more than {MostRows:N0} rows.");
            rows.Add(Cells(line, $"{file}, line {number + 1:N0}"));
            foreach (var name in rows[^1].Keys) places.TryAdd(name, places.Count);
            Require.That(places.Count <= MostColumns, $"{file} has more than {MostColumns:N0} columns.");
        }

        return new(file, [.. places.Keys], [.. rows.Select(row => places.Keys.Select(name => row.GetValueOrDefault(name, "")).ToArray())]);
    }

    private static Dictionary<string, string> Cells(string line, string place)
    {
        try
        {
            var parsed = JsonText.Parse(Encoding.UTF8.GetBytes(line)) as JsonObject;
            Require.That(parsed is not null, $"{place}: expected an object such as {{\"file_name\":\"a.png\",\"label\":\"cat\"}}.");
            // Lists and objects, such as boxes around things, are somebody's own business.
            return parsed.Where(cell => cell.Value is JsonValue)
                .ToDictionary(cell => cell.Key, cell => cell.Value!.GetValue<JsonElement>().ToString());
        }
        catch (JsonException failure)
        {
            throw new BadInputException($"{place} is no JSON: {Shortened(failure.Message)}", failure);
        }
    }

    /// <summary>A file a line, and its class behind the last space or tab where the whole line is no file.</summary>
    private static TableRows Listed(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var lines = System.IO.File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0).Take(MostRows + 1).ToList();
        Require.That(lines.Count <= MostRows, $"{file} has more than {MostRows:N0} rows.");
        var labelled = lines.Count > 0
            && lines.Take(20).All(line => line.LastIndexOfAny([' ', '\t']) > 0 && !System.IO.File.Exists(Path.Combine(folder, line)));
        return labelled
            ? new(file, ["file", "label"], [.. lines.Select(line => Parted(line, file))])
            : new(file, ["file"], [.. lines.Select(line => (string[])[line])]);
    }

    private static string[] Parted(string line, string file)
    {
        var parting = line.LastIndexOfAny([' ', '\t']);
        Require.That(parting > 0, $"{file}: the line '{Printable.Short(line, 80)}' has no class behind its file, as others have.");
        return [line[..parting].Trim(), line[(parting + 1)..]];
    }

    // The message quotes the row, and the row may be anything.
    private static string Shortened(string message) =>
        string.Concat(message.Where(letter => !char.IsControl(letter)).Take(160));
}
