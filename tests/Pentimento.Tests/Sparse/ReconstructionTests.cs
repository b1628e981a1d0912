using Pentimento.Data;
using Pentimento.Sparse;
using Pentimento.Sparse.Variants;
using static TorchSharp.torch;

namespace Pentimento.Tests.Sparse;

public sealed class ReconstructionTests
{
    [Fact]
    public void The_fraction_unexplained_is_what_the_hand_finds()
    {
        // The mean is (1, 2), both rows are (±1, ±2) away: 10 in all. Two values are off by 1: 2 of 10 unexplained, 0.8 explained.
        using var scope = NewDisposeScope();
        var rows = tensor(new float[,] { { 2, 0 }, { 0, 4 } });

        Assert.Equal(0.2, Reconstruction.FractionUnexplained(tensor(new float[,] { { 2, 1 }, { 0, 3 } }), rows), 1e-6);
        Assert.Equal(0, Reconstruction.FractionUnexplained(rows, rows));
        Assert.Equal(1, Reconstruction.FractionUnexplained(rows.mean([0]), rows), 1e-6);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.1f)]
    [InlineData(1e20f)]
    public void Of_rows_all_alike_no_share_can_be_unexplained(float value)
    {
        using var scope = NewDisposeScope();
        using var autoencoder = Copying(eye(2), eye(2));

        Assert.Equal(double.NaN, Reconstruction.FractionUnexplained(zeros(50, 2), full([50, 2], value)));
        Assert.Equal(double.NaN, Reconstruction.Of(autoencoder, full([50, 2], value)).Explained);
    }

    [Fact]
    public void Rows_sorted_by_class_are_held_out_from_every_class()
    {
        using var scratch = new Scratch();
        long[] labels = [.. Enumerable.Range(0, 100).Select(at => (long)(at / 20))];
        Npz.Write(scratch.At("a.npz"), [new("activations", new(Array.ConvertAll(labels, label => (float)label), 100, 1)), new("labels", new(labels,
            100))]);
        using var rows = ActivationRows.Read(scratch.At("a.npz"));

        var (learned, held) = rows.HoldOut(0.1, new(0));

        Assert.Equal([0, 0, 1, 1, 2, 2, 3, 3, 4, 4], held.Labels);
        Assert.Equal(held.Labels.Select(label => (float)label), held.Values.data<float>().ToArray());
        Assert.Equal(90, learned.Count);
        learned.Dispose();
        held.Dispose();
    }

    [Fact]
    public void An_autoencoder_is_judged_over_all_rows_together()
    {
        // Feature 0 copies input 0, feature 1 copies nothing and feature 2 is never active. Rows (1, 0), (3, 0), (0, 2).
        using var scope = NewDisposeScope();
        using var autoencoder = Copying(tensor(new float[,] { { 1, 0, -1 }, { 0, 1, 0 } }), tensor(new float[,] { { 1, 0 }, { 0, 0 }, { 0, 1 } }));

        var judged = Reconstruction.Of(autoencoder, tensor(new float[,] { { 1, 0 }, { 3, 0 }, { 0, 2 } }));

        // Only the 2 is lost: 4 of (1/3)² + (5/3)² + (4/3)² + 2 (2/3)² + (4/3)² = 66/9.
        Assert.Equal(4 / (66 / 9.0), judged.Fvu, 1e-6);
        Assert.Equal(1, judged.L0, 1e-9);
        Assert.Equal(1 / 3.0, judged.Dead, 1e-9);
        Assert.Equal(1 - judged.Fvu, judged.Explained, 1e-12);
    }

    [Fact]
    public void A_perfect_splice_recovers_everything_and_a_mean_nothing()
    {
        using var scope = NewDisposeScope();
        using var network = Oracle.Network();
        using var perfect = Copying(eye(128), eye(128));
        using var nothing = Copying(zeros(128, 128), zeros(128, 128));

        var kept = InsertedReconstruction.Of(perfect, network, Oracle.Images, "fc1", RunContext.OnCpu());
        var lost = InsertedReconstruction.Of(nothing, network, Oracle.Images, "fc1", RunContext.OnCpu());

        Assert.Equal((1.0, 1.0), (kept.RecoveredFromZero, kept.RecoveredFromMean));
        Assert.Equal((215 / 256.0, 215 / 256.0), (kept.Accuracy, kept.AccuracyInserted));
        Assert.Equal(0, lost.RecoveredFromZero, 1e-6);
        Assert.True(lost.LossZero > lost.Loss && lost.LossMean != lost.LossZero);
    }

    [Fact]
    public void Maps_are_spliced_at_every_place()
    {
        using var scope = NewDisposeScope();
        using var network = Oracle.Network();
        using var perfect = Copying(eye(64), eye(64));

        var kept = InsertedReconstruction.Of(perfect, network, Oracle.Images, "relu3", RunContext.OnCpu());

        Assert.Equal(kept.Loss, kept.LossInserted, 1e-6);
        Assert.Equal(215 / 256.0, kept.AccuracyInserted);
    }

    /// <summary>ReLU features read and written by these matrices.</summary>
    internal static Autoencoder Copying(Tensor encoder, Tensor decoder)
    {
        using var still = no_grad();
        var autoencoder = new Autoencoder(new ReluL1(), encoder.shape[0], encoder.shape[1]);
        autoencoder.Encoder.copy_(encoder);
        autoencoder.Decoder.copy_(decoder);
        return autoencoder;
    }
}
