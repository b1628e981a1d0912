using System.Collections.Concurrent;

namespace Pentimento.Foundation.Configuration;

/// <summary>
/// The registry of methods that a user can choose, found by reflection: a family is an abstract record marked <see cref="FamilyAttribute"/>,
/// its members are the records derived from it. Adding a member is one new file, with no list to edit.
/// </summary>
internal static class Catalog
{
    private static readonly ConcurrentDictionary<Type, Family> Known = new();

    // Most commands ask for one family: looking at every type of the program for all takes longer than such a command.
    private static readonly Lazy<IReadOnlyList<Family>> All = new(() =>
    [
        .. typeof(Catalog).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(FamilyAttribute), inherit: false))
            .Select(FamilyOf).OrderBy(family => family.Name, StringComparer.Ordinal),
    ]);

    /// <summary>Every family, by name.</summary>
    public static IReadOnlyList<Family> Families => All.Value;

    /// <summary>Whether a value of this type is written as a SPEC.</summary>
    public static bool Holds(Type type) => type.IsDefined(typeof(FamilyAttribute), inherit: true);

    /// <summary>The family that a type, or the base of a member, stands for.</summary>
    public static Family FamilyOf(Type type)
    {
        var root = type;
        while (!root.IsDefined(typeof(FamilyAttribute), inherit: false))
            root = root.BaseType ?? throw new ArgumentException($"{type} is in no family.");
        return Known.GetOrAdd(root, Family.Find);
    }

    /// <summary>Each member of a family with its published defaults.</summary>
    public static IEnumerable<T> Defaults<T>() where T : class =>
        FamilyOf(typeof(T)).Members.Select(member => Read<T>(member.Name));

    /// <summary>Reads a SPEC: a name with hyper-parameters, <c>pgd:radius=0.05,steps=40</c>.</summary>
    /// <exception cref="BadInputException">The name or a hyper-parameter is unknown, or a value out of range.</exception>
    public static T Read<T>(string spec) where T : class => (T)Binder.Bind(spec, typeof(T), FamilyOf(typeof(T)).Singular)!;

    /// <summary>The name of a member, without its hyper-parameters.</summary>
    internal static string NameOf(object member) => new Member(member.GetType()).Name;

    /// <summary>Writes a member as the SPEC that reads back as the same, every hyper-parameter named.</summary>
    public static string Write(object member) => Spec.Write(member);
}

/// <summary>Marks the abstract record from which all methods of one kind derive.</summary>
/// <param name="name">The family's name in the plural: <c>attacks</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = true)]
internal sealed class FamilyAttribute(string name) : Attribute
{
    /// <summary>The family's name in the plural.</summary>
    public string Name { get; } = name;

    /// <summary>Whether members are looked for in every assembly of this software, not only in the family's own.</summary>
    public bool Everywhere { get; init; }
}

/// <summary>Gives a member or a setting a name that its declaration does not spell, such as <c>v-rex</c>.</summary>
/// <param name="name">The name that users write.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Parameter, Inherited = false)]
internal sealed class CalledAttribute(string name) : Attribute
{
    /// <summary>The name that users write.</summary>
    public string Name { get; } = name;
}
