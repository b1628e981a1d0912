using Pentimento.Cli;

namespace Pentimento.Tests.Cli;

public sealed class GivenGpusTests
{
    [Theory]
    [InlineData("CUDA_VISIBLE_DEVICES", "0", true)]
    [InlineData("SLURM_JOB_GPUS", "2,3", true)]
    [InlineData("CUDA_VISIBLE_DEVICES", "-1", false)]
    [InlineData("CUDA_VISIBLE_DEVICES", "NoDevFiles", false)]
    [InlineData("SLURM_JOB_GPUS", "", false)]
    [InlineData("SLURM_JOB_ID", "12", false)]
    public void Whoever_was_given_a_gpu_that_libtorch_does_not_see_is_told(string variable, string value, bool isTold)
    {
        var said = GivenGpus.Unused(name => name == variable ? value : null);

        Assert.Equal(isTold, said?.Contains($"{variable}={value}", StringComparison.Ordinal) == true);
    }
}
