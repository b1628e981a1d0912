namespace Pentimento.Foundation;

/// <summary>What the user wrote leaves open what is to be done; the command ends as it does after an unknown option.</summary>
internal sealed class WrongUsageException(string message) : BadInputException(message);
