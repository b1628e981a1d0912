using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Pentimento.Foundation;

/// <summary>Checks what came from outside.</summary>
internal static class Require
{
    /// <summary>Goes on only if <paramref name="condition"/> holds; the message is built only when it does not.</summary>
    /// <exception cref="BadInputException">It does not.</exception>
    public static void That([DoesNotReturnIf(false)] bool condition, [InterpolatedStringHandlerArgument(nameof(condition))] ref Complaint message)
    {
        if (!condition) throw new BadInputException(message.ToString());
    }

    /// <summary>A message that costs nothing unless it is needed.</summary>
    [InterpolatedStringHandler]
    public ref struct Complaint
    {
        private DefaultInterpolatedStringHandler text;

        /// <summary>Starts the text only if <paramref name="condition"/> failed.</summary>
        public Complaint(int literalLength, int formattedCount, bool condition, out bool wanted)
        {
            wanted = !condition;
            text = wanted ? new(literalLength, formattedCount) : default;
        }

        /// <summary>Adds fixed text.</summary>
        public void AppendLiteral(string value) => text.AppendLiteral(value);

        /// <summary>Adds a value.</summary>
        public void AppendFormatted<T>(T value) => text.AppendFormatted(value);

        /// <summary>Adds a value in a format.</summary>
        public void AppendFormatted<T>(T value, string format) => text.AppendFormatted(value, format);

        /// <inheritdoc/>
        public override string ToString() => text.ToStringAndClear();
    }
}
