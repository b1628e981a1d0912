using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Pentimento.Foundation.Configuration;

/// <summary>The settings of a record: the parameters of its constructor and its other init-only properties.</summary>
internal sealed class Settings
{
    private static readonly ConcurrentDictionary<Type, Settings> Cache = new();
    private readonly ConstructorInfo constructor;

    private Settings(Type type)
    {
        constructor = type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)!;
        var parameters = constructor.GetParameters();
        var constructed = parameters.Select(Setting.From);
        var rest = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && parameters.All(parameter => parameter.Name != property.Name))
            .SelectMany(Expand);
        All = [.. constructed, .. rest];
    }

    /// <summary>Every setting, constructor first, in the order written.</summary>
    public IReadOnlyList<Setting> All { get; }

    public static Settings Of(Type type) => Cache.GetOrAdd(type, found => new(found));

    /// <summary>Builds the record; settings that are not given keep their defaults.</summary>
    public object Build(IReadOnlyDictionary<Setting, object?> given)
    {
        var arguments = All.Where(setting => setting.Positional).Select(setting => given.GetValueOrDefault(setting, setting.Default));
        var built = constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [.. arguments], null);
        foreach (var (setting, value) in given)
        {
            if (!setting.Positional && setting.Holder is null) built.GetType().GetProperty(setting.Property)!.SetValue(built, value);
        }

        foreach (var holder in given.Keys.Select(setting => setting.Holder).OfType<PropertyInfo>().Distinct().ToList())
            holder.SetValue(built, Rebuilt(holder.GetValue(built)!, given.Where(pair => pair.Key.Holder == holder)));
        return built;
    }

    /// <summary>An inlined record with some of its settings replaced.</summary>
    private static object Rebuilt(object record, IEnumerable<KeyValuePair<Setting, object?>> given)
    {
        var settings = Of(record.GetType());
        var values = settings.All.ToDictionary(setting => setting, setting => setting.Of(record));
        foreach (var (outer, value) in given) values[settings.All.First(setting => setting.Property == outer.Property)] = value;
        return settings.Build(values);
    }

    private static IEnumerable<Setting> Expand(PropertyInfo property) =>
        property.IsDefined(typeof(InlineAttribute))
            ? Of(property.PropertyType).All.Select(setting => setting with { Holder = property, Positional = false })
            : [Setting.From(property)];
}

/// <summary>One setting of a record.</summary>
/// <param name="Property">The property's name.</param>
/// <param name="Name">The name that users write.</param>
/// <param name="Type">The type of its value.</param>
/// <param name="Positional">Whether the constructor takes it.</param>
/// <param name="Required">Whether it has no default.</param>
/// <param name="Default">The default of a constructor's parameter.</param>
/// <param name="Attributes">The attributes on its declaration.</param>
internal sealed record Setting(
    string Property,
    string Name,
    Type Type,
    bool Positional,
    bool Required,
    object? Default,
    IReadOnlyList<Attribute> Attributes)
{
    /// <summary>The property of the outer record that holds the inlined record with this setting; null for the outer record's own.</summary>
    public PropertyInfo? Holder { get; init; }

    /// <summary>The values allowed, or null for all.</summary>
    public RangeAttribute? Range => Attribute<RangeAttribute>();

    /// <summary>The attribute of a type, or null.</summary>
    public T? Attribute<T>() where T : Attribute => Attributes.OfType<T>().FirstOrDefault();

    /// <summary>The value that a record has.</summary>
    public object? Of(object record)
    {
        var owner = Holder is null ? record : Holder.GetValue(record)!;
        return owner.GetType().GetProperty(Property)!.GetValue(owner);
    }

    /// <summary>The type that declares and documents the setting.</summary>
    /// <param name="outer">The type whose settings were asked for.</param>
    public Type OwnerIn(Type outer) => Holder?.PropertyType ?? outer;

    public static Setting From(ParameterInfo parameter) => new(
        parameter.Name!, NameOf(parameter.GetCustomAttribute<CalledAttribute>(), parameter.Name!), parameter.ParameterType, true,
            !parameter.HasDefaultValue,
        parameter.HasDefaultValue ? parameter.DefaultValue : null,
        // An attribute may stand on the parameter or, with "property:", on what the compiler makes of it.
        [.. parameter.GetCustomAttributes(), .. parameter.Member.DeclaringType!.GetProperty(parameter.Name!)?.GetCustomAttributes() ?? []]);

    public static Setting From(PropertyInfo property) => new(
        property.Name, NameOf(property.GetCustomAttribute<CalledAttribute>(), property.Name), property.PropertyType, false,
        property.IsDefined(typeof(RequiredAttribute)) || property.IsDefined(typeof(RequiredMemberAttribute)), null,
        [.. property.GetCustomAttributes()]);

    private static string NameOf(CalledAttribute? called, string name) => called?.Name ?? Names.Kebab(name);
}
