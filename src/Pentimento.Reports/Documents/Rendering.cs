using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Pentimento.Reports.Documents;

/// <summary>From components to pages.</summary>
internal static class Rendering
{
    /// <summary>A whole page as HTML.</summary>
    public static string Html<T>(Dictionary<string, object?> parameters) where T : IComponent
    {
        using var services = new ServiceCollection().BuildServiceProvider();
        using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        // No component waits for anything, so the rendering is over when it returns. Tags are escaped by then; control characters are not.
        return Printable.Of(
            renderer
                .Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString())
                .GetAwaiter()
                .GetResult(),
            lines: true);
    }
}
