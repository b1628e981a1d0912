using System.Net;
using System.Text;

namespace Pentimento.Tests.Lab;

/// <summary>Who gets into the lab, and who does not.</summary>
public sealed class AccessControlTests(OpenedLab lab) : IClassFixture<OpenedLab>
{
    [Fact]
    public void The_printed_address_opens_it() => Assert.Equal(HttpStatusCode.OK, lab.Opened);

    [Fact]
    public async Task It_opens_it_once()
    {
        using var other = new HttpClient();

        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(lab.Address)).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("data")]
    [InlineData("images/0.png")]
    [InlineData("jobs.json")]
    [InlineData("/open?token=")]
    [InlineData("/open?token=00")]
    public async Task Without_the_cookie_nothing_is_shown(string path)
    {
        using var other = new HttpClient { BaseAddress = lab.Root };

        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(path)).StatusCode);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("127.0.0.1:1")]
    public async Task Under_another_hosts_name_nothing_is_shown(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, lab.Root);
        request.Headers.Host = host;

        Assert.Equal(HttpStatusCode.Forbidden, (await lab.Visitor.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("https://127.0.0.1")]
    [InlineData("null")]
    public async Task From_another_sites_page_nothing_is_answered(string origin) =>
        Assert.Equal(HttpStatusCode.Forbidden, (await lab.AskAsync("ask/look", "{\"image\":0}", origin)).StatusCode);

    [Fact]
    public async Task A_question_that_does_not_say_where_it_comes_from_is_not_answered()
    {
        using var content = new StringContent("{\"image\":0}", Encoding.UTF8, "application/json");

        Assert.Equal(HttpStatusCode.Forbidden, (await lab.Visitor.PostAsync("ask/look", content)).StatusCode);
    }

    [Fact]
    public async Task The_cookie_stays_with_this_site_and_out_of_scripts()
    {
        using var response = await lab.Visitor.GetAsync("");

        // A browser sends a cookie to all ports of a host, but only below its path: this one is not to be guessed.
        Assert.Matches("^pentimento=[0-9a-f]{64}; path=/[0-9a-f]{32}/; samesite=strict; httponly$", lab.Cookie);
        Assert.Equal(lab.Root.AbsolutePath, lab.Cookie.Split("path=")[1].Split(';')[0]);

        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.StartsWith("camera=(self), microphone=()", response.Headers.GetValues("Permissions-Policy").Single());
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task An_upload_that_is_too_large_is_refused() => Assert.Equal(
        HttpStatusCode.RequestEntityTooLarge, (await lab.AskAsync("ask/look", $"{{\"picture\":\"{new string('A', 11_000_000)}\"}}")).StatusCode);
}
