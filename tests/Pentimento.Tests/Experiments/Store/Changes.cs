using System.Collections;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;
using Pentimento.Painting;

namespace Pentimento.Tests.Experiments.Store;

/// <summary>Every record that differs from another in one setting, whatever its type and however deep it lies.</summary>
/// <param name="networks">Files of networks.</param>
internal sealed class Changes(IReadOnlyList<string> networks)
{
    private static readonly string[] Texts =
    [
        "rg_95z", "gr_95z", "32x32", "16x16", "3", "any", "3:1.5", "3=1.5", "4=2", "auto", "label",
        "relu3+1", "imagenet", "caffe", "label=a", "file=b", "accuracy >= 0.8", "accuracy >= 0.9",
    ];

    /// <summary>A record of a type whose settings have their defaults, and the required ones some value.</summary>
    public object Usual(Type type)
    {
        var settings = Settings.Of(type);
        return settings.Build(settings.All.Where(setting => setting.Required).ToDictionary(
            setting => setting, setting => Values(setting.Type, null, 0).First().Value));
    }

    /// <summary>The changed records, each with the path of its change, and whether a result depends on it.</summary>
    /// <param name="record">What is changed.</param>
    /// <param name="depth">Into how many methods the changes go that are hyper-parameters of others.</param>
    public IEnumerable<Change> Of(object record, int depth = 2)
    {
        var settings = Settings.Of(record.GetType());
        foreach (var setting in settings.All)
        {
            var decides = setting.Attribute<OutputAttribute>() is null && setting.Attribute<IncidentalAttribute>() is null;
            foreach (var (path, value, inner) in Values(setting.Type, setting.Of(record), depth))
                yield return new(setting.Name + path, decides && inner, With(record, setting, value));
        }
    }

    /// <summary>The record with one setting changed.</summary>
    public static object With(object record, Setting changed, object? value)
    {
        var settings = Settings.Of(record.GetType());
        return settings.Build(settings.All.ToDictionary(setting => setting, setting => setting == changed ? value : setting.Of(record)));
    }

    private IEnumerable<(string Path, object? Value, bool Decides)> Values(Type type, object? value, int depth)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            if (value is not null) yield return ("=nothing", null, true);
            foreach (var other in Values(inner, value, depth)) yield return other;
        }
        else if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            foreach (var list in Lists(type.GetGenericArguments()[0], value as IEnumerable ?? new List<object>(), depth)) yield return list;
        }
        else if (Catalog.Holds(type))
        {
            foreach (var member in Members(type, value, depth)) yield return member;
        }
        else if (Scalar.Reads(type))
        {
            yield return ("", Other(type, value), true);
        }
        else
        {
            foreach (var change in Of(value ?? Usual(type), depth)) yield return ($".{change.Path}", change.Record, change.Decides);
        }
    }

    private IEnumerable<(string Path, object? Value, bool Decides)> Lists(Type element, IEnumerable value, int depth)
    {
        var items = value.Cast<object>().ToList();
        var (path, one, decides) = Values(element, items.FirstOrDefault(), depth).First();
        yield return ($"=[other]{path}", ListOf(element, [one!]), decides);
        if (items.Count > 0) yield return ("=[one more]", ListOf(element, [.. items, one!]), decides);
        if (items.Count > 1) yield return ("=[backwards]", ListOf(element, [.. items.AsEnumerable().Reverse()]), true);
    }

    private IEnumerable<(string Path, object? Value, bool Decides)> Members(Type type, object? value, int depth)
    {
        foreach (var member in Catalog.FamilyOf(type).Members.Where(member => Settings.Of(member.Type).All.All(setting => !setting.Required)))
        {
            var usual = member.Type == value?.GetType() ? value : Settings.Of(member.Type).Build(new Dictionary<Setting, object?>());
            if (!usual.Equals(value)) yield return ($"={member.Name}", usual, true);
            foreach (var change in depth > 0 ? Of(usual, depth - 1) : [])
                yield return ($"={member.Name}:{change.Path}", change.Record, change.Decides);
        }
    }

    private object Other(Type type, object? value) => type switch
    {
        _ when value is string name && Canvas.MatchesGrammar(name) => name.Replace("_95", "_90", StringComparison.Ordinal).Replace("_100", "_99"),
        _ when type == typeof(string) => $"{value}x",
        _ when type == typeof(bool) => value is not true,
        _ when type == typeof(int) => (value as int? ?? 0) + 1,
        _ when type == typeof(ulong) => (value as ulong? ?? 0) + 1,
        _ when type == typeof(double) => Math.BitIncrement(value as double? ?? 0),
        _ when type.IsEnum => Enum.GetValues(type).Cast<object>().First(choice => !choice.Equals(value)),
        _ when type == typeof(NetworkRef) => networks.Select(file => new NetworkRef(file)).First(network => !network.Equals(value)),
        _ => Examples(type).First(example => !example.Equals(value)),
    };

    private static Array ListOf(Type element, IReadOnlyList<object> items)
    {
        var list = Array.CreateInstance(element, items.Count);
        foreach (var (at, item) in items.Index()) list.SetValue(item, at);
        return list;
    }

    private static IEnumerable<object> Examples(Type type)
    {
        foreach (var text in Texts)
        {
            object? value = null;
            try
            {
                value = Scalar.Read(text, type, "example");
            }
            catch (BadInputException)
            {
                // Another text may be one of the type's.
            }

            if (value is not null) yield return value;
        }
    }
}

/// <summary>A record in which one setting has another value.</summary>
/// <param name="Path">Which setting.</param>
/// <param name="Decides">Whether a result depends on it.</param>
/// <param name="Record">The changed record.</param>
internal sealed record Change(string Path, bool Decides, object Record);
