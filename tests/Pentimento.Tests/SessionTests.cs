using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Operations;

namespace Pentimento.Tests;

public sealed class SessionTests
{
    [Fact]
    public void An_audit_through_the_library_is_the_verbs_audit()
    {
        using var scratch = new Scratch();
        using var scope = TorchSharp.torch.NewDisposeScope();
        using (var network = new Cnn3().Build(new(28, 28, 3), 10, new(3))) ModelFile.Write(scratch.At("net.safetensors"), network, "");
        using var session = Session.Open(seed: 1, threads: 1, cache: scratch.At("cache"));

        var audit = session.Audit(session.Network(scratch.At("net.safetensors")), session.Images("gr_95z"), limit: 20);

        var verb = Cli.Command.Succeed(
            "audit", scratch.At("net.safetensors"), "--data", "gr_95z", "--limit", "20", "--seed", "1", "--json", "--cache", scratch.At("cache"));
        Assert.Equal(verb.Output.Trim(), System.Text.Json.JsonSerializer.Serialize(audit, Json.Options));
    }

    [Fact]
    public void References_stay_where_the_session_was_opened()
    {
        using var session = Session.Open(threads: 1);

        Assert.Equal(Path.Combine(Directory.GetCurrentDirectory(), "bird.safetensors"), session.Network("bird.safetensors").File);
        Assert.Equal("rg_95z", session.Images("rg_95z").Text);
    }

    [Fact]
    public void A_cancelled_session_ends_its_operations()
    {
        using var scratch = new Scratch();
        using var scope = TorchSharp.torch.NewDisposeScope();
        using (var network = new Cnn3().Build(new(28, 28, 3), 10, new(3))) ModelFile.Write(scratch.At("net.safetensors"), network, "");
        using var session = Session.Open(threads: 1, cache: scratch.At("cache"));

        session.Cancel();

        Assert.Throws<OperationCanceledException>(() => session.Run(new Evaluate
        {
            Model = scratch.At("net.safetensors"),
            Data = ["gr_95z"],
            Limit = 10
        }));
    }
}
