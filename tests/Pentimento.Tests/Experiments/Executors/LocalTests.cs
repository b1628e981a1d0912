using Pentimento.Experiments.Executors;
using Pentimento.StoreWorker;

namespace Pentimento.Tests.Experiments.Executors;

/// <summary>Worker processes on one store.</summary>
public sealed class LocalTests
{
    [Fact]
    public void Workers_share_the_steps_and_their_results_are_those_of_one_process()
    {
        using var tiny = new TinyStore(40);

        var end = tiny.Complete(new Local(3));

        Assert.Equal((40, 0), (end.Done, end.Ready));
        Assert.Empty(tiny.BegunAgain);
        Assert.Equal(TinyStore.Undisturbed(40), tiny.Bytes);
        Assert.Empty(tiny.Store.Claims.All());
    }

    [Fact]
    public void A_worker_that_dies_is_replaced_and_its_step_is_done_again()
    {
        using var tiny = new TinyStore(20, (3, TinySteps.Die), (12, TinySteps.Full));

        var end = tiny.Complete(new Local(2));

        Assert.Equal(20, end.Done);
        Assert.Equal(["12", "3"], tiny.BegunAgain.Keys.Order());
        Assert.Equal(TinyStore.Undisturbed(20), tiny.Bytes);
    }

    [Fact]
    public void A_step_whose_workers_die_again_and_again_ends_the_run_in_a_sentence_that_names_the_log()
    {
        using var tiny = new TinyStore(1, (0, TinySteps.Die));

        var message = Assert.Throws<BadInputException>(() => tiny.Complete(new Local(2, Retries: 0))).Message;

        Assert.StartsWith("tiny-0-", message, StringComparison.Ordinal);
        Assert.Contains("exit code 9", message, StringComparison.Ordinal);
        Assert.True(File.Exists(message[(message.LastIndexOf(' ') + 1)..]));
    }

    [Fact]
    public void A_step_that_is_refused_is_said_and_what_does_not_need_it_is_done()
    {
        // Step 10 needs step 9.
        using var tiny = new TinyStore(15, (9, TinySteps.Refuse));

        var end = tiny.Complete(new Local(2));

        Assert.Equal(13, end.Done);
        Assert.Equal(("tiny-9", "The number is refused."), (end.Failed.Single().Name, end.Failed.Single().Message));
    }

    [Fact]
    public void Cancelled_it_stops_its_workers_which_give_their_steps_back()
    {
        using var tiny = new TinyStore(4, (1, TinySteps.Hang));
        using var heard = new Heard(tick => tiny.HasBegun(1));

        Assert.Throws<OperationCanceledException>(() => tiny.Complete(new Local(2), heard.Run()));

        Assert.Empty(tiny.Store.Claims.All());
        Assert.Equal(4, tiny.Complete(new Local(2)).Done);
    }
}
