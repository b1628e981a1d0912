using System.Text.Json.Nodes;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Painting;

/// <summary>
/// The name of a painted set, with how it is painted where that is not as usual: <c>rg_95z</c>, or
/// <c>rg_95z:source=fashion:cue=background:palette=colors.yaml:seed=3</c>; commas would part it where several sets are named.
/// </summary>
/// <param name="Canvas">The set.</param>
/// <param name="Settings">How it is painted.</param>
internal sealed record PaintedName(Canvas Canvas, PaintSettings Settings)
{
    /// <summary>Whether a text names a painted set, whatever its details.</summary>
    public static bool Matches(string text) => Canvas.MatchesGrammar(Short(text));

    /// <summary>The set's name alone, without how it is painted.</summary>
    public static string Short(string text) => text.Split(':', 2)[0];

    /// <summary>Reads a name.</summary>
    /// <exception cref="BadInputException">It does not follow the grammar.</exception>
    public static PaintedName Parse(string text)
    {
        var settings = new JsonObject();
        var name = "";
        foreach (var part in text.Split(':').Skip(1))
        {
            // What is no setting belongs to the one before: a place may have a colon of its own.
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            Require.That(equals > 0 || name.Length > 0, $"In '{Printable.Short(text)}', '{Printable.Short(part)}' should read name=value.");
            if (equals <= 0) settings[name] = $"{settings[name]}:{part}";
            else settings[name = part[..equals].Trim()] = part[(equals + 1)..].Trim();
        }

        return new(Canvas.Parse(Short(text)), (PaintSettings)Binder.BindRecord(settings, typeof(PaintSettings), new(null, text)));
    }

    /// <summary>The name in its canonical form.</summary>
    public override string ToString()
    {
        var unusual = Foundation.Configuration.Settings.Of(typeof(PaintSettings)).All
            .Where(setting => !Equals(setting.Of(Settings), setting.Of(PaintSettings.Usual)))
            .Select(setting => $":{setting.Name}={Spec.Value(setting.Of(Settings))}");
        return $"{Canvas}{string.Concat(unusual)}";
    }
}
