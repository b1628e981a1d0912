using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Pentimento.Lab.Server;

/// <summary>
/// Access control for the person at this machine alone: the token of the printed address works once and becomes a cookie; requests under
/// another host's name or from another site's page are refused.
/// </summary>
/// <remarks>
/// Browsers send a cookie to every port of a host, so that another server on this machine would be sent it as well. This one belongs to a path that
/// nobody else knows: a page elsewhere would have to be asked for under that path to hear it.
/// </remarks>
/// <param name="port">The port that is served.</param>
/// <param name="place">The path under which everything lies, with a slash before it and none behind.</param>
internal sealed class AccessControl(int port, string place)
{
    private const string Cookie = "pentimento";
    private readonly string secret = Secret();
    private string? token = Secret();

    /// <summary>A path that cannot be guessed.</summary>
    public static string Place() => $"/{Secret()[..32]}";

    /// <summary>The address that opens the lab once.</summary>
    public string Address => $"http://127.0.0.1:{port}/open?token={token}";

    /// <summary>Passes a request on, or refuses it.</summary>
    public async Task Pass(HttpContext context, Func<Task> next)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers["Content-Security-Policy"] = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
            + "connect-src 'self'; font-src 'self'; media-src 'self' blob:; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";
        // The camera is for the lab's own pages; a report that one of them opens has none, nor does anything have more than the camera.
        response.Headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=()";
        response.Headers["X-Content-Type-Options"] = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Cache-Control"] = "no-store";
        if (!IsOurs(request.Host.Value) || !ComesFromUs(request)) await Refuse(response, "This page is served to this machine alone.");
        else if (request.Path == "/open") await Open(request, response);
        else if (Same(request.Cookies[Cookie], secret)) await next();
        else await Refuse(response, "Open the lab with the address that the command printed; it works once. Start the command anew for another.");
    }

    private bool IsOurs(string? host) => host == $"127.0.0.1:{port}" || host == $"localhost:{port}";

    /// <summary>Whether no other site's page sent the request: what changes anything must say where it comes from.</summary>
    private bool ComesFromUs(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0) return origin.StartsWith("http://", StringComparison.Ordinal) && IsOurs(origin["http://".Length..]);
        return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
    }

    private async Task Open(HttpRequest request, HttpResponse response)
    {
        var given = request.Query["token"].ToString();
        // Whoever comes first has it: two requests at once cannot both take the token.
        var mine = Interlocked.Exchange(ref token, null);
        if (!Same(given, mine))
        {
            Interlocked.CompareExchange(ref token, mine, null);
            await Refuse(response, "This address was used already, or is mistyped. Start the command anew for another.");
            return;
        }

        response.Cookies.Append(Cookie, secret, new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = $"{place}/" });
        response.ContentType = "text/html; charset=utf-8";
        // A redirection would count as the other site's request where a link led here, and lose the cookie.
        await response.WriteAsync($"""
            <!DOCTYPE html><meta charset="utf-8"><link rel="icon" href="data:,"><meta http-equiv="refresh" content="0;url={place}/">
            <title>Pentimento</title><p><a href="{place}/">Open the lab</a></p>
            """);
    }

    private static async Task Refuse(HttpResponse response, string reason)
    {
        response.StatusCode = StatusCodes.Status403Forbidden;
        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync(reason + "\n");
    }

    private static bool Same(string? given, string? expected) => given is not null && expected is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));

    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}
