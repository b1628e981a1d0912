using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Pentimento.Foundation.Configuration;

/// <summary>All methods of one kind.</summary>
/// <param name="Name">The kind, in the plural: <c>attacks</c>.</param>
/// <param name="Members">The methods, by name.</param>
internal sealed record Family(string Name, IReadOnlyList<Member> Members)
{
    /// <summary>The kind, in the singular: <c>attack</c>.</summary>
    public string Singular => Name.TrimEnd('s');

    /// <summary>The member of this name.</summary>
    /// <exception cref="BadInputException">There is none; the nearest is proposed.</exception>
    public Member Find(string name) =>
        Members.FirstOrDefault(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new BadInputException($"There is no {Singular} called '{name}'; {Names.Suggest(name, Members.Select(member => member.Name))}");

    internal static Family Find(Type root)
    {
        var attribute = root.GetCustomAttribute<FamilyAttribute>()!;
        var members = (attribute.Everywhere ? Assemblies(root) : [root.Assembly])
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsSubclassOf(root) && type is { IsAbstract: false, IsNestedPrivate: false })
            .Select(type => new Member(type));
        return new(attribute.Name, [.. members.OrderBy(member => member.Name, StringComparer.Ordinal)]);
    }

    /// <summary>The assemblies of this software that lie beside the running program.</summary>
    private static IEnumerable<Assembly> Assemblies(Type root) =>
        Directory.GetFiles(AppContext.BaseDirectory, $"{root.Assembly.GetName().Name}*.dll")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => !name.EndsWith("Tests", StringComparison.Ordinal) && !name.EndsWith("Benchmarks", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Assembly.Load(new AssemblyName(name)));
}

/// <summary>One method that a user can choose.</summary>
/// <param name="Type">Its record.</param>
internal sealed record Member(Type Type)
{
    /// <summary>The name that users write.</summary>
    public string Name { get; } = Type.GetCustomAttribute<CalledAttribute>()?.Name ?? Names.Kebab(Type.Name);

    /// <summary>One sentence that says what it is.</summary>
    public string Summary => Documentation.Of(Type).Summary(Type);

    /// <summary>Where it was published.</summary>
    public string Source => Documentation.Of(Type).Remarks(Type);

    /// <summary>Its hyper-parameters.</summary>
    public IReadOnlyList<Hyperparameter> Parameters
    {
        get
        {
            var usual = Settings.Of(Type).Build(new Dictionary<Setting, object?>());
            return
            [
                .. Settings
                    .Of(Type)
                    .All.Select(setting => new Hyperparameter(
                        setting.Name,
                        Scalar.KindOf(setting.Type),
                        Spec.Value(setting.Of(usual)),
                        Documentation.Of(Type).Setting(setting.OwnerIn(Type), setting.Property),
                        setting.Range)),
            ];
        }
    }
}

/// <summary>One hyper-parameter of a method.</summary>
/// <param name="Name">The name that users write.</param>
/// <param name="Kind">What kind of value it takes.</param>
/// <param name="Default">The published default, as users write it.</param>
/// <param name="Meaning">Symbol, meaning and unit.</param>
/// <param name="Range">The values allowed, or null for all.</param>
internal sealed record Hyperparameter(string Name, string Kind, string Default, string Meaning, RangeAttribute? Range);
