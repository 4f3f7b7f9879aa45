namespace AsyncTour.Client.Rendering;

/// <summary>The few colours of a page, by what they say. They are the terminal's own sixteen, so they fit its theme.</summary>
internal static class Palette
{
    /// <summary>Titles.</summary>
    public const string Heading = "bold";

    /// <summary>What may be typed, and numbers that matter.</summary>
    public const string Strong = "cyan";

    /// <summary>What may be passed over.</summary>
    public const string Quiet = "grey";

    /// <summary>All is well.</summary>
    public const string Good = "green";

    /// <summary>Worth a look.</summary>
    public const string Warn = "yellow";

    /// <summary>Something went wrong.</summary>
    public const string Bad = "red";
}
