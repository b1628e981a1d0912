using System.Globalization;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Checks;

/// <summary>Something of a network that can be required: an immutable record that measures itself on the network under check.</summary>
[Family("requirements")]
internal abstract record Quantity
{
    /// <summary>Measures the quantity.</summary>
    /// <param name="subject">The network, the images, and what is known of them already.</param>
    /// <exception cref="BadInputException">It cannot be measured on this network and these images.</exception>
    public abstract Measurement Measure(CheckSubject subject);

    /// <summary>Writes a value of this quantity for people: a share as a percentage unless it is no share.</summary>
    public virtual string Format(double value) => string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.0}%");

    /// <summary>Reads a limit: <c>0.05</c> or <c>5%</c>.</summary>
    /// <exception cref="BadInputException">It is no number, or outside of what the quantity can be.</exception>
    public virtual double ReadLimit(string text)
    {
        var limit = Number(text.EndsWith('%') ? text[..^1] : text, text) / (text.EndsWith('%') ? 100 : 1);
        Require.That(limit is >= 0 and <= 1, $"The limit {text} is no share: it is a number from 0 to 1, or a percentage.");
        return limit;
    }

    /// <summary>Reads a finite number.</summary>
    /// <param name="text">The number's digits.</param>
    /// <param name="whole">What the user wrote, for the message.</param>
    private protected static double Number(string text, string whole)
    {
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
        Require.That(isNumber, $"The limit '{Printable.Short(whole)}' is no number.");
        return number;
    }
}
