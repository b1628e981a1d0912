using System.Collections;
using System.Reflection;
using System.Text.Json;

namespace Pentimento.Foundation.Configuration;

/// <summary>What a record looks like as JSON, read off its type and its doc comments.</summary>
internal static class JsonShape
{
    /// <summary>One key of an object.</summary>
    /// <param name="Name">The key.</param>
    /// <param name="Kind">What its value is, in readers' words.</param>
    /// <param name="Meaning">What it says.</param>
    /// <param name="Part">The record that its value is or holds, or null.</param>
    internal sealed record Key(string Name, string Kind, string Meaning, Type? Part);

    /// <summary>The keys that a record is written with, in their order.</summary>
    public static IReadOnlyList<Key> KeysOf(Type type)
    {
        var nullability = new NullabilityInfoContext();
        Json.Options.MakeReadOnly(populateMissingResolver: true);
        return [.. Json.Options.GetTypeInfo(type).Properties.Where(property => property.Get is not null).Select(Of)];

        Key Of(System.Text.Json.Serialization.Metadata.JsonPropertyInfo property)
        {
            var member = (PropertyInfo)property.AttributeProvider!;
            var mayBeNull = nullability.Create(member).ReadState == NullabilityState.Nullable;
            var (kind, part) = Describe(property.PropertyType);
            return new(property.Name, mayBeNull ? $"{kind}, or null" : kind, Documentation.Of(type).Setting(type, member.Name), part);
        }
    }

    /// <summary>A record's name as pages write it.</summary>
    public static string NameOf(Type type) => type.Name.Split('`')[0];

    private static (string Kind, Type? Part) Describe(Type type) => type switch
    {
        _ when Nullable.GetUnderlyingType(type) is { } inner => Describe(inner),
        _ when Catalog.Holds(type) => ($"text: a SPEC of {Catalog.FamilyOf(type).Name}", null),
        _ when type == typeof(string) || type == typeof(char) || Scalar.Parsable(type) => ("text", null),
        _ when type == typeof(bool) => ("true or false", null),
        _ when type.IsEnum => ($"text: {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName))}", null),
        _ when type == typeof(double) || type == typeof(float) || type == typeof(decimal) => ("number", null),
        _ when type.IsPrimitive => ("whole number", null),
        _ when type == typeof(object) => ("any", null),
        _ when ValueOf(type) is { } value => Of(value, "object of"),
        _ when ElementOf(type) is { } element => Of(element, "list of"),
        _ => (Link(type), type),
    };

    private static (string Kind, Type? Part) Of(Type inner, string container)
    {
        var (kind, part) = Describe(inner);
        return ($"{container} {kind}", part);
    }

    private static string Link(Type type) => $"[{NameOf(type)}](#{NameOf(type).ToLowerInvariant()})";

    private static Type? ValueOf(Type type) => Face(type, typeof(IReadOnlyDictionary<,>))?.GetGenericArguments()[1];

    private static Type? ElementOf(Type type) =>
        typeof(IEnumerable).IsAssignableFrom(type) ? Face(type, typeof(IEnumerable<>))?.GetGenericArguments()[0] : null;

    private static Type? Face(Type type, Type definition) =>
        type.GetInterfaces().Prepend(type).FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == definition);
}
