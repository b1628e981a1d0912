using Pentimento.Foundation.Configuration;

namespace Pentimento.Networks;

/// <summary>Architectures that wrap another, such as an edited, preprocessed network.</summary>
internal static class Nested
{
    /// <summary>The outermost record of a kind, or null.</summary>
    public static T? Around<T>(Architecture architecture) where T : Architecture =>
        architecture as T ?? Inner(architecture)
            .Select(inner => Around<T>((Architecture)inner.Of(architecture)!)).FirstOrDefault(found => found is not null);

    /// <summary>The settings of a record that are networks themselves.</summary>
    public static IEnumerable<Setting> Inner(Architecture architecture) =>
        Settings.Of(architecture.GetType()).All.Where(setting => setting.Type == typeof(Architecture));
}
