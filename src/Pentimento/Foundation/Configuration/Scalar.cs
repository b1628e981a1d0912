using System.Globalization;
using System.Reflection;

namespace Pentimento.Foundation.Configuration;

/// <summary>Parsing and formatting of scalar values.</summary>
internal static class Scalar
{
    private const double Brightest = 255;
    private const int LongDecimal = 8;
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static bool Reads(Type type) => type.IsPrimitive || type.IsEnum || type == typeof(string) || Parsable(type);

    /// <summary>Whether values of this type are written as one text that the type itself parses, such as a reference to images.</summary>
    public static bool Parsable(Type type) =>
        !type.IsPrimitive && type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IParsable<>));

    public static object Read(string text, Type type, string path)
    {
        if (type == typeof(string))
            return text;
        if (type == typeof(bool) && bool.TryParse(text, out var truth))
            return truth;
        if (type == typeof(int) && int.TryParse(text, NumberStyles.AllowLeadingSign, Plain, out var whole))
            return whole;
        if (type == typeof(ulong) && ulong.TryParse(text, NumberStyles.None, Plain, out var bits))
            return bits;
        if (type == typeof(double) && Number(text) is { } number)
            return number;
        if (
            type.IsEnum && Enum.GetNames(type).FirstOrDefault(name => Names.Kebab(name).Equals(text, StringComparison.OrdinalIgnoreCase)) is { } found
        )
            return Enum.Parse(type, found);
        if (Parsable(type)) return Parse(text, type, path);
        throw new BadInputException($"{path}: expected {KindOf(type)}, got '{text}'.");
    }

    private static object Parse(string text, Type type, string path)
    {
        var parse = type.GetMethod(nameof(IParsable<int>.Parse), [typeof(string), typeof(IFormatProvider)])!;
        try
        {
            return parse.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [text, Plain], null)!;
        }
        catch (BadInputException refusal)
        {
            throw new BadInputException($"{path}: {refusal.Message}", refusal);
        }
    }

    public static string Write(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        Enum choice => Names.Kebab(choice.ToString()),
        double number => Short(number),
        IFormattable number => number.ToString(null, Plain),
        _ => value.ToString()!,
    };

    /// <summary>A number in the fewest characters that mean it: steps of a pixel's value are fractions, such as 8/255.</summary>
    private static string Short(double number)
    {
        var (text, steps) = (number.ToString(Plain), Math.Round(number * Brightest));
        return text.Length > LongDecimal && steps is > 0 and < Brightest && steps / Brightest == number
            ? string.Create(Plain, $"{steps:0}/{Brightest:0}") : text;
    }

    /// <summary>A finite number, or a fraction such as 8/255.</summary>
    private static double? Number(string text)
    {
        var parts = text.Split('/');
        if (parts.Length > 2 || !parts.All(part => double.TryParse(part, NumberStyles.Float, Plain, out _))) return null;
        var value = parts.Select(part => double.Parse(part, NumberStyles.Float, Plain)).Aggregate((over, under) => over / under);
        return double.IsFinite(value) ? value : null;
    }

    /// <summary>The kind of value that a type takes, in words.</summary>
    public static string KindOf(Type type) => type switch
    {
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) || type == typeof(ulong) => "a whole number",
        _ when type == typeof(double) => "a number",
        _ when type == typeof(string) => "text",
        _ when type.IsEnum => $"one of {string.Join(", ", Enum.GetNames(type).Select(Names.Kebab))}",
        _ when Catalog.Holds(type) => $"a SPEC of {Catalog.FamilyOf(type).Name}",
        _ when Nullable.GetUnderlyingType(type) is { } inner => KindOf(inner),
        _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) =>
            $"several: {KindOf(type.GetGenericArguments()[0])}",
        _ when Parsable(type) => "text",
        _ => "names and values",
    };
}
