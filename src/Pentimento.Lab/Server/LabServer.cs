using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pentimento.Lab.Queries;
using Pentimento.Lab.Jobs;
using Pentimento.Lab.Runs;
using Pentimento.Lab.Screens;

namespace Pentimento.Lab.Server;

/// <summary>The web server of the lab, on the loopback address alone.</summary>
internal sealed class LabServer : IDisposable
{
    private const long LargestRequest = 10_000_000;
    private readonly WebApplication application;
    private readonly Workbench bench;
    private readonly JobQueue jobs;

    private LabServer(WebApplication application, Workbench bench, JobQueue jobs, string address) =>
        (this.application, this.bench, this.jobs, Address) = (application, bench, jobs, address);

    /// <summary>The address with its token.</summary>
    public string Address { get; }

    /// <summary>Starts to serve.</summary>
    /// <param name="bench">The networks and images.</param>
    /// <param name="jobs">The jobs.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <exception cref="BadInputException">The port is taken.</exception>
    public static LabServer Start(Workbench bench, JobQueue jobs, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, port);
            options.Limits.MaxRequestBodySize = LargestRequest;
            options.Limits.MaxConcurrentConnections = 256;
            options.AddServerHeader = false;
        });
        var application = builder.Build();
        AccessControl? gate = null;
        var place = AccessControl.Place();
        var routes = application.MapGroup(place);
        application.Use((context, next) => gate!.Pass(context, next));
        application.Use(Sentences);
        var shelf = new RunShelf(jobs.Folder);
        ScreenRoutes.Map(routes, bench, jobs, shelf, place);
        RunRoutes.Map(routes, shelf, jobs.Folder);
        QueryRoutes.Map(routes, bench);
        JobRoutes.Map(routes, jobs, bench);
        try
        {
            application.StartAsync().GetAwaiter().GetResult();
        }
        catch (IOException failure)
        {
            throw new BadInputException($"Port {port} cannot be served: {failure.Message}", failure);
        }

        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        gate = new(new Uri(addresses.First()).Port, place);
        return new(application, bench, jobs, gate.Address);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        application.StopAsync(patience.Token).GetAwaiter().GetResult();
        ((IDisposable)application).Dispose();
        jobs.Dispose();
        bench.Dispose();
    }

    /// <summary>Answers what cannot be used with its sentence.</summary>
    private static async Task Sentences(HttpContext context, Func<Task> next)
    {
        try
        {
            await next();
        }
        catch (Exception failure) when (failure is BadInputException or BadHttpRequestException or System.Text.Json.JsonException)
        {
            context.Response.StatusCode = failure is BadHttpRequestException { StatusCode: 413 } ? 413 : StatusCodes.Status400BadRequest;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(Printable.Of(failure.Message) + "\n");
        }
    }
}
