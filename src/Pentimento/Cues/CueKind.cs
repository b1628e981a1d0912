namespace Pentimento.Cues;

/// <summary>How a cue stands to what the image shows.</summary>
internal enum CueKind
{
    /// <summary>It lies beside what is shown, such as the ground or a frame.</summary>
    Beside,

    /// <summary>It is how the image looks, such as its colour: a property of what is shown, too, but none that alone says what it is.</summary>
    Appearance,

    /// <summary>It is how what is shown is shown, large or small, sharp or blurred: images of one class differ in it, and honest networks follow it
    /// a little.</summary>
    Manner,

    /// <summary>How what is shown lies in the image: it carries nothing of what is shown, but may be what sets classes apart, as where a trouser
    /// stands and a shoe lies.</summary>
    Pose,

    /// <summary>It may hold what is shown, such as its outlines, so that an honest network follows it.</summary>
    Content,
}
