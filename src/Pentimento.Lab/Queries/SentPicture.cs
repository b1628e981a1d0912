using Pentimento.Data;

namespace Pentimento.Lab.Queries;

/// <summary>Pictures that the browser sends.</summary>
internal static class SentPicture
{
    private const int Longest = 9_000_000;

    /// <summary>Decodes a picture and scales it to the networks' size: uint8 (H, W, C).</summary>
    /// <param name="text">The file's bytes as base64.</param>
    /// <param name="shape">The size.</param>
    /// <exception cref="BadInputException">It is no picture that can be read.</exception>
    public static byte[] Decode(string text, ImageShape shape)
    {
        Require.That(text.Length <= Longest, $"A picture of {text.Length:N0} characters is not read; at most {Longest:N0} are.");
        var bytes = new byte[(text.Length * 3L / 4) + 3];
        Require.That(Convert.TryFromBase64String(text, bytes, out var count), $"The picture is not base64.");
        var file = Path.Combine(Path.GetTempPath(), $"pentimento-{Guid.NewGuid():N}");
        try
        {
            using (var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write)) stream.Write(bytes.AsSpan(0, count));
            return ImageFile.Read(file, shape, crop: true);
        }
        catch (BadInputException failure)
        {
            throw new BadInputException(failure.Message.Replace(file, "The picture"), failure);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
